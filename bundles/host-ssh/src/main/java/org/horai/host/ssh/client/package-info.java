/** SSH on the wire: connections, keys, and shells that run scripts. */
package org.horai.host.ssh.client;
