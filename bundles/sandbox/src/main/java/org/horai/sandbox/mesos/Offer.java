package org.horai.sandbox.mesos;

import java.util.Map;

/**
 * What one agent has free for a framework.
 *
 * @param agentId the agent
 * @param hostname its host
 * @param attributes its attributes
 * @param free the free resources
 */
public record Offer(
    String agentId, String hostname, Map<String, String> attributes, Resources free) {}
