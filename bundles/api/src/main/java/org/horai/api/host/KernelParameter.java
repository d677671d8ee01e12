package org.horai.api.host;

/** A sysctl, set now and persisted under {@code /etc/sysctl.d}. */
public record KernelParameter(String id, String key, String value) implements Resource {
  @Override
  public String label() {
    return "sysctl " + key + "=" + value;
  }
}
