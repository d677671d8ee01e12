/** The commands of the shell itself. */
package org.horai.shell.command;
