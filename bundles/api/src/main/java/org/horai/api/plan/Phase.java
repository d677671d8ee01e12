package org.horai.api.plan;

/** The order in which concerns contribute to a plan. */
public enum Phase {
  HOSTS,
  OVERLAY,
  AGENTS,
  WORKLOAD,
  INGRESS,
  VERIFY
}
