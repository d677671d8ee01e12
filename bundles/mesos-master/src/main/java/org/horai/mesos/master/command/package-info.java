/** The commands of scope mesos. */
package org.horai.mesos.master.command;
