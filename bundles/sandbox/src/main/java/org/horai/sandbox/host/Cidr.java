package org.horai.sandbox.host;

/**
 * An IPv4 subnet.
 *
 * @param network its first address as a number
 * @param length its prefix length
 */
record Cidr(long network, int length) {

  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    int length = Integer.parseInt(text.substring(slash + 1));
    long address = number(text.substring(0, slash));
    return new Cidr(address - address % (1L << (32 - length)), length);
  }

  static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.")) {
      number = number * 256 + Integer.parseInt(part);
    }
    return number;
  }

  boolean contains(String address) {
    long number = number(address);
    return number >= network && number < network + (1L << (32 - length));
  }
}
