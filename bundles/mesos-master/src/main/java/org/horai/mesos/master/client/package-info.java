/** The HTTP API of the Mesos masters and agents. */
package org.horai.mesos.master.client;
