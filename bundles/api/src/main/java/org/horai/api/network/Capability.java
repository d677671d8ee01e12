package org.horai.api.network;

/** The columns of the comparison of overlay networks. */
public enum Capability {
  NETWORK_MODEL("network model"),
  APPLICATION_ISOLATION("application isolation"),
  PROTOCOL_SUPPORT("protocol support"),
  DISTRIBUTED_STORAGE("distributed storage required"),
  ENCRYPTION("encryption channel"),
  PARTIALLY_CONNECTED("partially connected networks"),
  SEPARATE_VNIC("separate vNIC per container"),
  IP_OVERLAP("IP overlap"),
  SUBNET_RESTRICTION("container subnet restriction");

  private final String title;

  Capability(String title) {
    this.title = title;
  }

  /** Title of the column. */
  public String title() {
    return title;
  }
}
