/** What an agent is, should be, and needs. Pure. */
package org.horai.mesos.agent.model;
