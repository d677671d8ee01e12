/** Asks agents over the network. */
package org.horai.mesos.agent.client;
