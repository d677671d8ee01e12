/** The cluster: commands. */
package org.horai.core.cluster.command;
