package org.horai.api.cluster;

/** A task as Mesos knows it. {@code agentId} is the id of the agent it runs on. */
public record TaskInfo(String id, String name, String frameworkId, String agentId, String state) {}
