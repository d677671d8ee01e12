package org.horai.tck;

import static org.horai.tck.Verdict.require;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.ErrorCategory;
import org.horai.api.HoraiException;
import org.horai.api.network.Capability;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.ProviderInfo;

/** What a provider says of itself, and what it refuses. */
final class InfoChecks {
  private InfoChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("info-complete", "info() has an id, a title and a version", InfoChecks::complete),
        new Check("info-stable", "info() says the same every time", InfoChecks::stable),
        new Check("capabilities", "every capability is declared", InfoChecks::capabilities),
        new Check("options-described", "each option is described once", InfoChecks::options),
        new Check("refuses-unknown-option", "an unknown option is refused", InfoChecks::unknown),
        new Check("refuses-bad-network", "what is no network is refused", InfoChecks::network),
        new Check("password-honoured", "a password is used or refused", InfoChecks::password));
  }

  private static void complete(Subject subject) {
    ProviderInfo info = subject.provider().info();
    require(
        info.id().matches("[a-z][a-z0-9-]*"), "the id \"" + info.id() + "\" is not like host-gw");
    require(!info.title().isBlank(), "the title is empty");
    require(!info.version().isBlank(), "the version is empty");
  }

  private static void stable(Subject subject) {
    ProviderInfo first = subject.provider().info();
    subject.probes();
    require(first.equals(subject.provider().info()), "two calls of info() gave different answers");
  }

  private static void capabilities(Subject subject) {
    Map<Capability, String> said = subject.provider().info().capabilities();
    for (Capability capability : Capability.values()) {
      require(
          !said.getOrDefault(capability, "").isBlank(), "nothing is said of " + capability.title());
    }
  }

  private static void options(Subject subject) {
    Set<String> names = new HashSet<>();
    for (ProviderInfo.ProviderOption option : subject.provider().info().options()) {
      require(
          option.name().matches("[A-Za-z][A-Za-z0-9_.-]*"),
          "\"" + option.name() + "\" is no name of an option");
      require(names.add(option.name()), "option " + option.name() + " is listed twice");
      require(!option.description().isBlank(), "option " + option.name() + " is not described");
      require(option.defaultValue() != null, "option " + option.name() + " has a null default");
    }
    for (String used : subject.sample().options().keySet()) {
      require(names.contains(used), "the sample uses option " + used + ", info() does not list it");
    }
  }

  private static void unknown(Subject subject) {
    refused(
        subject,
        subject.wanted(3, Optional.empty(), Map.of("no-such-option", "x")),
        "the option no-such-option");
  }

  private static void network(Subject subject) {
    refused(subject, subject.wanted(Subject.RANGE, "10.32.1.0/99"), "the subnet 10.32.1.0/99");
    refused(subject, subject.wanted("moon", Subject.SUBNET), "the range moon");
  }

  private static void refused(Subject subject, OverlaySpec spec, String what) {
    try {
      subject.provider().probes(spec);
    } catch (HoraiException e) {
      require(
          e.code().category() == ErrorCategory.USAGE,
          "refused " + what + " with category " + e.code().category() + ", not USAGE");
      require(
          e.next().isPresent() && !e.what().isBlank(),
          "refused " + what + " without saying what and what to do next");
      return;
    }
    throw Verdict.failed("probes() took " + what);
  }

  private static void password(Subject subject) {
    OverlaySpec spec = subject.wanted(3, Optional.of(Subject.PASSWORD), Map.of());
    if (!subject.encrypts()) {
      refused(subject, spec, "a password although it cannot encrypt");
      return;
    }
    boolean used =
        subject.provider().probes(spec).stream()
            .flatMap(asked -> asked.checks().stream())
            .flatMap(stage -> stage.resources().stream())
            .anyMatch(resource -> Texts.secrets(resource).containsValue(Subject.PASSWORD));
    require(used, "no resource uses the wanted password, so the overlay is not encrypted");
  }
}
