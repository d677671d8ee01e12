/** The terminal: prompt, line editing, completion, questions. */
package org.horai.shell.terminal;
