/** The commands of scope {@code marathon}. */
package org.horai.marathon.command;
