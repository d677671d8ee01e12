/** Exchanges, their JSON, and what of them must not be seen. */
package org.horai.recording.model;
