/** The commands of {@code provider:}. */
package org.horai.provider.command;
