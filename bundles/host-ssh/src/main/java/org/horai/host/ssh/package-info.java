/** Hosts over SSH. */
package org.horai.host.ssh;
