/** The Gogo shell. */
package org.horai.shell;
