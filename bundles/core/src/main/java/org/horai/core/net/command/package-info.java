/** The net: commands. */
package org.horai.core.net.command;
