package org.horai.api.host;

import java.util.Optional;

/**
 * A sysctl, set now and persisted under {@code /etc/sysctl.d} for as long as somebody holds it.
 * When the last holder has released it, it has the value again that it had before the first one
 * came.
 *
 * @param holder who wants it, such as the id of a provider; empty stands for one without a name
 * @param released whether the holder gives it up
 */
public record KernelParameter(String id, String key, String value, String holder, boolean released)
    implements Resource {
  /** Plans that were saved before there were holders name none. */
  public KernelParameter {
    holder = Optional.ofNullable(holder).orElse("");
  }

  /** Held by nobody in particular. */
  public KernelParameter(String id, String key, String value) {
    this(id, key, value, "", false);
  }

  public KernelParameter heldBy(String holder) {
    return new KernelParameter(id, key, value, holder, released);
  }

  /** The same parameter, given up by its holder; others may hold it still. */
  public KernelParameter release() {
    return new KernelParameter(id, key, value, holder, true);
  }

  /** What keeps it over a reboot, one file for each holder. */
  public String path() {
    return "/etc/sysctl.d/90-horai-" + (holder.isEmpty() ? "" : holder + "-") + key + ".conf";
  }

  @Override
  public String label() {
    return (released ? "release " : "") + "sysctl " + key + "=" + value;
  }
}
