/** Commands, scripts and sessions on top of the Gogo runtime. */
package org.horai.shell.script;
