package org.horai.api.network;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;

/**
 * Which part of the subnet each host has. Docker does not coordinate addresses between hosts, so
 * every host gives addresses of its own part only; the first of them is the host's own.
 *
 * <p>A host's part is its address modulo the number of parts, so that hosts that come and go do not
 * move the others; when two hosts would share one, the higher address takes the next free part. The
 * inventory variable {@value #PIN} fixes it. Pure.
 */
public final class HostParts {
  /** The inventory variable with the number of a host's part. */
  public static final String PIN = "overlay_part";

  private final Subnet subnet;
  private final int prefix;
  private final ErrorCode badSetting;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * Gives each host its part.
   *
   * @param prefix of each part, longer than the subnet's
   * @param badSetting the provider's code for settings that cannot be
   * @throws HoraiException {@code badSetting} when there are too few parts, a pin is impossible or
   *     taken, or an address is not numeric
   */
  public HostParts(Subnet subnet, int prefix, List<Host> hosts, ErrorCode badSetting) {
    this.badSetting = badSetting;
    this.subnet = subnet;
    this.prefix = prefix;
    int count = 1 << (prefix - subnet.prefix());
    if (hosts.size() > count) {
      throw bad(
          hosts.size() + " hosts do not fit into the " + count + " parts of " + subnet,
          "widen overlay.subnet, or set overlay.options.hostPrefix above " + prefix);
    }
    Map<Integer, String> taken = new TreeMap<>();
    hosts.stream()
        .filter(host -> host.variables().containsKey(PIN))
        .forEach(host -> pin(host, count, taken));
    hosts.stream()
        .filter(host -> !numbers.containsKey(host.name()))
        .sorted(Comparator.comparingLong(this::number))
        .forEach(
            host -> {
              int part = (int) (number(host) % count);
              while (taken.containsKey(part)) {
                part = (part + 1) % count;
              }
              take(host, part, taken);
            });
  }

  private void pin(Host host, int count, Map<Integer, String> taken) {
    String text = host.variables().get(PIN);
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) >= count) {
      throw bad(
          PIN + " \"" + text + "\" of " + host.name() + " is none of the " + count + " parts",
          "choose 0 to " + (count - 1));
    }
    int part = Integer.parseInt(text);
    if (taken.containsKey(part)) {
      throw bad(
          host.name() + " and " + taken.get(part) + " have the same " + PIN + " " + part,
          "give each host its own");
    }
    take(host, part, taken);
  }

  private void take(Host host, int part, Map<Integer, String> taken) {
    taken.put(part, host.name());
    numbers.put(host.name(), part);
  }

  private long number(Host host) {
    return Subnet.parse(host.address() + "/32")
        .map(address -> Integer.toUnsignedLong(address.network()))
        .orElseThrow(
            () ->
                bad(
                    "the address \"" + host.address() + "\" of " + host.name() + " is not numeric",
                    "tunnels need IPv4 addresses in the inventory"));
  }

  private HoraiException bad(String what, String next) {
    return new HoraiException(badSetting, what, "", next);
  }

  /** The addresses that this host gives. */
  public Subnet of(Host host) {
    return subnet.part(numbers.get(host.name()), prefix);
  }

  /** The host's own address on the overlay. */
  public String address(Host host) {
    return of(host).address(1);
  }

  /**
   * A hardware address for the host's bridge, from its address on the overlay: a bridge without one
   * of its own changes it with every container that comes and goes.
   */
  public String hardwareAddress(Host host) {
    return Stream.of(address(host).split("\\."))
        .map(octet -> String.format("%02x", Integer.parseInt(octet)))
        .collect(Collectors.joining(":", "02:48:", ""));
  }
}
