/** The commands of scope agent. */
package org.horai.mesos.agent.command;
