package org.horai.api.cluster;

/**
 * A Mesos master.
 *
 * @param id its id, changes with each start
 * @param hostname name it advertises
 * @param address address and port of its HTTP API
 * @param version such as {@code 1.11.0}; "" when unknown
 */
public record MasterAddress(String id, String hostname, HostPort address, String version) {}
