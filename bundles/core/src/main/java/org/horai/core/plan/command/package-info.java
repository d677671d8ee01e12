/** The run: commands. */
package org.horai.core.plan.command;
