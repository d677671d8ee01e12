package org.horai.sandbox.mesos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A set of ports.
 *
 * @param ports ascending
 */
public record PortRanges(SortedSet<Integer> ports) {

  /** One closed range. */
  public record Range(int begin, int end) {}

  /** Copies the ports. */
  public PortRanges {
    ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
  }

  /** No port. */
  public static PortRanges none() {
    return new PortRanges(new TreeSet<>());
  }

  /** The given ports. */
  public static PortRanges of(Collection<Integer> ports) {
    return new PortRanges(new TreeSet<>(ports));
  }

  /** All ports from begin to end. */
  public static PortRanges between(int begin, int end) {
    return of(IntStream.rangeClosed(begin, end).boxed().toList());
  }

  /** Without those of the other. */
  public PortRanges minus(PortRanges other) {
    SortedSet<Integer> left = new TreeSet<>(ports);
    left.removeAll(other.ports);
    return new PortRanges(left);
  }

  /** With those of the other. */
  public PortRanges plus(PortRanges other) {
    SortedSet<Integer> all = new TreeSet<>(ports);
    all.addAll(other.ports);
    return new PortRanges(all);
  }

  /** As few ranges as possible, ascending. */
  public List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (int port : ports) {
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).end() == port - 1) {
        ranges.set(last, new Range(ranges.get(last).begin(), port));
      } else {
        ranges.add(new Range(port, port));
      }
    }
    return ranges;
  }

  /** As Mesos prints them: {@code [31100-31110, 31112-31199]}. */
  public String text() {
    return ranges().stream()
        .map(r -> r.begin() + "-" + r.end())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
