package org.horai.core.cluster.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IPv4 network such as {@code 10.32.0.0/12}. */
public record Cidr(int address, int bits) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** Parses a network; empty when it is none or has bits set behind the mask. */
  public static Optional<Cidr> parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches() || Integer.parseInt(match.group(5)) > 32) {
      return Optional.empty();
    }
    int address = 0;
    for (int part = 1; part <= 4; part++) {
      int value = Integer.parseInt(match.group(part));
      if (value > 255) {
        return Optional.empty();
      }
      address = address << 8 | value;
    }
    Cidr cidr = new Cidr(address, Integer.parseInt(match.group(5)));
    return (address & ~cidr.mask()) == 0 ? Optional.of(cidr) : Optional.empty();
  }

  /** Whether the other network lies wholly inside this one. */
  public boolean contains(Cidr other) {
    return other.bits >= bits && (other.address & mask()) == address;
  }

  /** Whether an IPv4 address lies inside; false for a name. */
  public boolean contains(String host) {
    return parse(host + "/32").map(this::contains).orElse(false);
  }

  private int mask() {
    return bits == 0 ? 0 : -1 << (32 - bits);
  }
}
