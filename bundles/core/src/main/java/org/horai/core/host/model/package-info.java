/** Resources and probes made into one script for a host, and its answers read back. Pure. */
package org.horai.core.host.model;
