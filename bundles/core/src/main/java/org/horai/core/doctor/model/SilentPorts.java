package org.horai.core.doctor.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.horai.api.cluster.HostPort;

/** Addresses that accepted no connection as text: one on a line, the reason behind it. */
public final class SilentPorts {
  private SilentPorts() {}

  public static String text(Map<HostPort, String> silent) {
    return silent.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().replace('\n', ' '))
        .collect(Collectors.joining("\n"));
  }

  public static Map<HostPort, String> parse(String text) {
    Map<HostPort, String> silent = new LinkedHashMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .forEach(words -> silent.put(HostPort.parse(words[0], 0), words[1]));
    return silent;
  }
}
