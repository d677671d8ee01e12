/** Mesos agents. */
package org.horai.mesos.agent;
