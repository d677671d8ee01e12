package org.horai.provider.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.api.HoraiException;

/**
 * A requirement of a bundle that nothing satisfies.
 *
 * @param namespace such as {@code osgi.wiring.package}
 * @param filter of the requirement, or ""
 * @param present the same capability in other versions: "2.22.2 of com.fasterxml.jackson.core"
 */
public record Missing(String namespace, String filter, List<String> present) {
  private static final Pattern LOWEST = Pattern.compile("\\(version>=([^)]+)\\)");
  private static final Pattern HIGHEST = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

  public Missing {
    present = List.copyOf(present);
  }

  /** The required package, extender or the like, or "" when the filter does not name it. */
  public String name() {
    Matcher matcher =
        Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)]+)\\)").matcher(filter);
    return matcher.find() ? matcher.group(1) : "";
  }

  public boolean isPackage() {
    return namespace.equals("osgi.wiring.package");
  }

  private boolean isApi() {
    return isPackage() && (name() + ".").startsWith("org.horai.api.");
  }

  /** In words: {@code package com.acme.net, version [1.2,2)}. */
  public String what() {
    String kind = isPackage() ? "package " : "capability " + namespace + " ";
    return (kind + (name().isEmpty() ? filter : name())).strip() + range();
  }

  private String range() {
    Matcher highest = HIGHEST.matcher(filter);
    boolean bounded = highest.find();
    Matcher lowest = LOWEST.matcher(HIGHEST.matcher(filter).replaceAll(""));
    if (!lowest.find()) {
      return bounded ? ", version below " + highest.group(1) : "";
    }
    return bounded
        ? ", version [" + lowest.group(1) + "," + highest.group(1) + ")"
        : ", version " + lowest.group(1) + " or newer";
  }

  /** What would satisfy it. */
  public String remedy() {
    if (isApi()) {
      return "build the provider against org.horai:api of this Horai (horai --version)";
    }
    if (namespace.equals("osgi.ee")) {
      return "run Horai with the Java that the provider needs, or build it with --release 17";
    }
    if (!present.isEmpty()) {
      return "build the provider against the version that is here";
    }
    return isPackage()
        ? "embed it in the provider (bnd -conditionalpackage: "
            + name()
            + "), or drop a bundle that exports it into deploy/"
        : "drop a bundle that provides it into deploy/";
  }

  /** The refusal of a bundle that lacks all of these. */
  public static HoraiException refusal(String bundle, List<Missing> all) {
    boolean api = all.stream().anyMatch(Missing::isApi);
    Missing first = all.stream().filter(one -> one.isApi() == api).findFirst().orElseThrow();
    List<String> words =
        all.stream()
            .map(
                one ->
                    one.what()
                        + (one.present.isEmpty()
                            ? ""
                            : " (here: " + String.join(", ", one.present) + ")"))
            .toList();
    return new HoraiException(
        api ? ProviderErrors.API_VERSION : ProviderErrors.UNRESOLVED,
        bundle + (api ? " is made for another API" : " needs what is not there"),
        "missing " + String.join("; ", words),
        first.remedy());
  }
}
