/** Jobs, the scheduler that runs them (Chronos), and its dialects. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.jobs;
