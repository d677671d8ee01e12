package org.horai.api.network;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 network in CIDR notation.
 *
 * @param network its first address; the host bits are cleared
 * @param prefix length of the mask, 0 to 32
 */
public record Subnet(int network, int prefix) {
  private static final Pattern CIDR =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /**
   * Parses a network, or an address with its mask: {@code 10.32.1.7/24} is {@code 10.32.1.0/24}.
   */
  public static Optional<Subnet> parse(String text) {
    return read(text.strip())
        .map(read -> new Subnet(read.network & mask(read.prefix), read.prefix));
  }

  /** Parses a network; empty also when it has bits set behind the mask. */
  public static Optional<Subnet> parseExact(String text) {
    return read(text).filter(read -> (read.network & ~mask(read.prefix)) == 0);
  }

  /** Parses {@code 10.32.0.0-10.47.255.255}, as some programs print ranges, or a CIDR. */
  public static Optional<Subnet> parseRange(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return parse(text);
    }
    return parse(text.substring(0, dash) + "/32")
        .flatMap(
            low ->
                parse(text.substring(dash + 1) + "/32")
                    .map(
                        high ->
                            new Subnet(
                                low.network,
                                Integer.numberOfLeadingZeros(low.network ^ high.network))));
  }

  /** The address as written, not masked yet. */
  private static Optional<Subnet> read(String text) {
    Matcher matcher = CIDR.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(5)) > 32) {
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
    return Optional.of(new Subnet(address, Integer.parseInt(matcher.group(5))));
  }

  private static int mask(int prefix) {
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  /** Whether all addresses of the other lie inside. */
  public boolean contains(Subnet other) {
    return other.prefix >= prefix && (other.network & mask(prefix)) == network;
  }

  /** Whether an IPv4 address lies inside; false for a name. */
  public boolean contains(String address) {
    return read(address + "/32").map(this::contains).orElse(false);
  }

  /** Whether there is an address that lies in both. */
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

  /** Shell text that prints which of a container's addresses has these octets. */
  public String addressCommand() {
    return "hostname -i | tr ' ' '\\n' | grep '^"
        + commonOctets().replace(".", "\\.")
        + "' | head -n 1";
  }

  /** The address at that place of the subnet, without prefix. */
  public String address(int place) {
    return dotted(network + place);
  }

  /** One of the equal parts of a longer prefix, counted from 0. */
  public Subnet part(int number, int longer) {
    return new Subnet(network + (number << (32 - longer)), longer);
  }

  private static String dotted(int address) {
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
