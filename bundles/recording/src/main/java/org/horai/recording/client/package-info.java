/** Archives, and the wires that lead to them. */
package org.horai.recording.client;
