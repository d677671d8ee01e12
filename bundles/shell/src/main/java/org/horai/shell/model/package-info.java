/** Parsing of words, text of views and help: pure functions and records. */
package org.horai.shell.model;
