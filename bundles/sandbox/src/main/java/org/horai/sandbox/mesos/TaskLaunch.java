package org.horai.sandbox.mesos;

/**
 * A task on its way to the runner.
 *
 * @param agentHost the agent's address
 * @param agentId as in the master's state
 * @param dockerSocket the socket the agent was started with: the runner decides what follows when
 *     it is not the overlay's
 * @param frameworkId the owner
 * @param frameworkName the owner's name
 * @param task what to run
 */
public record TaskLaunch(
    String agentHost,
    String agentId,
    String dockerSocket,
    String frameworkId,
    String frameworkName,
    TaskInfo task) {}
