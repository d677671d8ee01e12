/** Keeping what came from outside in a file, and playing it back. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.recording;
