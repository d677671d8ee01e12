/** The command cluster:doctor. */
package org.horai.core.doctor.command;
