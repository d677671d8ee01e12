/** SSH on the wire: connections, keys, and one exec. */
package org.horai.host.ssh.client;
