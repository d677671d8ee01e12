/** Records what comes from outside, and plays it back. */
package org.horai.recording;
