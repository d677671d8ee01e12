package org.horai.networking.openvswitch.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IPv4 network in CIDR notation. {@code network} has the host bits cleared. */
public record Subnet(int network, int prefix) {
  private static final Pattern CIDR =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  public static Optional<Subnet> parse(String text) {
    Matcher matcher = CIDR.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int address = 0;
    for (int i = 1; i <= 4; i++) {
      int octet = Integer.parseInt(matcher.group(i));
      if (octet > 255) {
        return Optional.empty();
      }
      address = address << 8 | octet;
    }
    int prefix = Integer.parseInt(matcher.group(5));
    return prefix > 32 ? Optional.empty() : Optional.of(new Subnet(address & mask(prefix), prefix));
  }

  private static int mask(int prefix) {
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  public boolean contains(Subnet other) {
    return other.prefix >= prefix && (other.network & mask(prefix)) == network;
  }

  public boolean overlaps(Subnet other) {
    return contains(other) || other.contains(this);
  }

  /** The leading octets that all addresses share, with a dot: {@code 10.32.1.} for a /24. */
  public String commonOctets() {
    StringBuilder octets = new StringBuilder();
    for (int i = 0; i < prefix / 8; i++) {
      octets.append(network >>> (24 - 8 * i) & 0xff).append('.');
    }
    return octets.toString();
  }

  /** The address at that place of the subnet, without prefix. */
  public String address(int place) {
    return dotted(network + place);
  }

  /** One of the equal parts of a longer prefix, counted from 0. */
  public Subnet part(int number, int longer) {
    return new Subnet(network + (number << (32 - longer)), longer);
  }

  static String dotted(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  @Override
  public String toString() {
    return dotted(network) + "/" + prefix;
  }
}
