/** The codes of this concern's failures. */
package org.horai.host.ssh.model;
