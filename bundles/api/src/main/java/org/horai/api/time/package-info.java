/** Deadlines, and the one place that waits. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.time;
