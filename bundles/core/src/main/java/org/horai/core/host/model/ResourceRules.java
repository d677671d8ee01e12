package org.horai.core.host.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Package;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;

/** What a stage must keep to be safe to run as root. */
public final class ResourceRules {
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3,4}");
  private static final Pattern OWNER =
      Pattern.compile("|[A-Za-z0-9_][A-Za-z0-9_.-]*:[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9@_.:+-]*");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SYSTEM_ROOT =
      Pattern.compile(
          "/[^/]*|/(usr|var|etc|run)/(bin|sbin|lib|lib64|libexec|local|share|include|run|log|cache"
              + "|spool|tmp|systemd|init\\.d|init|ssh|default|sysconfig|sysctl\\.d|cron\\.d|pam\\.d)"
              + "|/(proc|sys|dev|boot)/.*|/usr/local/(bin|sbin|lib)|/usr/lib/systemd"
              + "|/etc/systemd/system|/lib/systemd|/home/[^/]*|/var/lib/(dpkg|rpm|apt|horai)");

  private ResourceRules() {}

  /** Every breach in words; empty when the stage may run. */
  public static List<String> breaches(HostStage stage) {
    List<String> breaches = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Resource resource : stage.resources()) {
      if (!ids.add(resource.id())) {
        breaches.add("two resources have the id \"" + resource.id() + "\"");
      }
      if (resource.id().isEmpty() || !oneLine(resource.id())) {
        breaches.add("\"" + resource.id() + "\" is not an id");
      }
      of(resource).forEach(breach -> breaches.add(resource.label() + ": " + breach));
    }
    return breaches;
  }

  private static Stream<String> of(Resource resource) {
    if (resource instanceof FileContent file) {
      return all(path(file.path()), mode(file.mode()), match(OWNER, "owner", file.owner()));
    }
    if (resource instanceof Directory directory) {
      return all(
          path(directory.path()), mode(directory.mode()), match(OWNER, "owner", directory.owner()));
    }
    if (resource instanceof Absent absent) {
      String root = SYSTEM_ROOT.matcher(absent.path()).matches() ? "is a system root" : "";
      return all(path(absent.path()), root);
    }
    if (resource instanceof KernelParameter parameter) {
      return all(
          match(KEY, "kernel parameter", parameter.key()),
          parameter.holder().isEmpty() ? "" : match(NAME, "holder", parameter.holder()),
          oneLine(parameter.value()) ? "" : "the value has more than one line");
    }
    if (resource instanceof Service service) {
      return all(match(NAME, "service name", service.name()));
    }
    if (resource instanceof Unit unit) {
      return unit(unit);
    }
    if (resource instanceof Package pkg) {
      return all(match(NAME, "package name", pkg.name()));
    }
    if (resource instanceof Download download) {
      return all(
          path(download.path()),
          mode(download.mode()),
          match(SHA256, "SHA-256", download.sha256()),
          source(download.source()));
    }
    return command((Command) resource);
  }

  private static Stream<String> unit(Unit unit) {
    Stream<String> lines = Stream.concat(unit.start().stream(), unit.stop().stream());
    boolean plain = lines.allMatch(ResourceRules::oneLine) && oneLine(unit.description());
    return Stream.concat(
        all(
            match(NAME, "service name", unit.name()),
            plain ? "" : "a line of it has line breaks",
            unit.start().isEmpty() ? "has no start command" : "",
            unit.environmentFile().map(ResourceRules::path).orElse("")),
        Stream.concat(unit.after().stream(), unit.requires().stream())
            .map(name -> match(NAME, "service name", name))
            .filter(breach -> !breach.isEmpty()));
  }

  private static Stream<String> command(Command command) {
    return Stream.concat(
        all(
            command.argv().isEmpty() ? "has no program" : "",
            command.timeout().toSeconds() < 1 ? "the timeout is below a second" : "",
            command.argv().stream().anyMatch(word -> word.indexOf('\0') >= 0) ? "holds a NUL" : ""),
        command.environment().keySet().stream()
            .map(name -> match(VARIABLE, "variable name", name))
            .filter(breach -> !breach.isEmpty()));
  }

  private static Stream<String> all(String... breaches) {
    return Stream.of(breaches).filter(breach -> !breach.isEmpty());
  }

  private static String match(Pattern pattern, String what, String value) {
    return pattern.matcher(value).matches() ? "" : "\"" + value + "\" is not a " + what;
  }

  private static String mode(String mode) {
    return match(MODE, "mode", mode);
  }

  private static String source(String source) {
    boolean known = source.startsWith("https://") || source.startsWith("file:");
    return known && oneLine(source) ? "" : "\"" + source + "\" is neither https: nor file:";
  }

  private static String path(String path) {
    boolean good =
        path.startsWith("/")
            && path.length() > 1
            && !path.endsWith("/")
            && oneLine(path)
            && path.equals(path.strip())
            && Stream.of(path.substring(1).split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    return good ? "" : "\"" + path + "\" is not a plain absolute path";
  }

  private static boolean oneLine(String text) {
    return text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0);
  }
}
