package org.horai.api.cluster;

/** What a host does in the cluster; a host may do several. */
public enum HostRole {
  MASTER,
  AGENT,
  ZOOKEEPER
}
