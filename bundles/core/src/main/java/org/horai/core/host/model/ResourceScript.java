package org.horai.core.host.model;

import static org.horai.core.host.model.ShellText.quote;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Package;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.api.secret.SecretRef;

/**
 * The shell functions of one resource: {@code r_N} does it with the functions of the preamble,
 * {@code c_N} prints its content.
 */
final class ResourceScript {
  private static final long GUARD_SECONDS = 60;
  private final int index;
  private final String end;
  private final ScriptInputs inputs;
  private final boolean check;

  ResourceScript(int index, String end, ScriptInputs inputs, boolean check) {
    this.index = index;
    this.end = end;
    this.inputs = inputs;
    this.check = check;
  }

  String functions(Resource resource) {
    if (resource instanceof FileContent file) {
      return file(file);
    }
    if (resource instanceof Directory d) {
      return body("h_directory", quote(d.path()), mode(d.mode()), quote(d.owner()));
    }
    if (resource instanceof Absent absent) {
      return body("h_absent", quote(absent.path()));
    }
    if (resource instanceof KernelParameter parameter) {
      return kernel(parameter);
    }
    if (resource instanceof Service service) {
      return body(
          "h_service",
          quote(service.name()),
          service.running() ? "yes" : "no",
          service.enabled() ? "yes" : "no",
          ShellText.words(service.restartWhen()));
    }
    if (resource instanceof Unit unit) {
      return unit(unit);
    }
    if (resource instanceof Package pkg) {
      return body("h_package", quote(pkg.name()));
    }
    if (resource instanceof Download download) {
      return download(download);
    }
    return command((Command) resource);
  }

  private String file(FileContent file) {
    String text = revealed(file);
    boolean secret = !file.secrets().isEmpty();
    String content =
        secret
            ? ShellText.unseenPrinter("c_" + index, text, end)
            : ShellText.printer("c_" + index, text, end);
    return content
        + body(
            "h_file",
            quote(file.path()),
            sha256(text),
            mode(secret ? "0600" : file.mode()),
            quote(file.owner()),
            "c_" + index,
            secret ? "no" : "diff");
  }

  private String revealed(FileContent file) {
    String text = file.text();
    for (Map.Entry<String, SecretRef> secret : new TreeMap<>(file.secrets()).entrySet()) {
      text = text.replace("{{secret:" + secret.getKey() + "}}", inputs.secret(secret.getValue()));
    }
    return text;
  }

  private String kernel(KernelParameter parameter) {
    String value = String.join(" ", parameter.value().strip().split("\\s+"));
    String text = parameter.key() + " = " + value + "\n";
    String proc = "/proc/sys/" + parameter.key().replace('.', '/');
    String[] words = {quote(parameter.key()), quote(proc), quote(value), quote(parameter.path())};
    return parameter.released()
        ? body("h_release", words)
        : ShellText.printer("c_" + index, text, end)
            + body("h_sysctl", String.join(" ", words), sha256(text), "c_" + index);
  }

  private String unit(Unit unit) {
    String systemd = UnitText.systemd(unit);
    String sysv = UnitText.sysv(unit);
    String upstart = UnitText.upstart(unit);
    return ShellText.printer("c_" + index, systemd, end)
        + ShellText.printer("c_" + index + "_sysv", sysv, end)
        + ShellText.printer("c_" + index + "_upstart", upstart, end)
        + body("h_unit", quote(unit.name()), sha256(systemd), sha256(sysv), sha256(upstart));
  }

  private String download(Download download) {
    String content =
        download.source().startsWith("https:") || check
            ? "c_" + index + "() { h_fetch " + quote(download.source()) + "; }\n"
            : ShellText.binaryPrinter("c_" + index, inputs.file(download.source()), end);
    return content
        + body(
            "h_download",
            quote(download.path()),
            download.sha256(),
            mode(download.mode()),
            "c_" + index);
  }

  /**
   * Secrets are set in a subshell of their own, so that only the command and its children see them.
   */
  private String command(Command command) {
    String environment =
        check
            ? ""
            : new TreeMap<>(command.environment())
                .entrySet().stream()
                    .map(e -> e.getKey() + "=" + quote(inputs.secret(e.getValue())))
                    .map(assignment -> "export " + assignment + "; ")
                    .collect(Collectors.joining());
    long seconds = command.timeout().toSeconds();
    String limited = "h_limit " + seconds + " " + ShellText.program(command.argv());
    String codes =
        new TreeSet<>(command.exitCodes())
            .stream().map(String::valueOf).collect(Collectors.joining(" "));
    String run = environment.isEmpty() ? limited + ";" : "( " + environment + limited + " );";
    return ("x_" + index + "() { " + run + " }\n")
        + guard("u_" + index, command.unless(), seconds)
        + guard("o_" + index, command.onlyIf(), seconds)
        + body(
            "h_command",
            String.valueOf(seconds),
            command.unless().map(text -> "u_" + index).orElse("''"),
            command.onlyIf().map(text -> "o_" + index).orElse("''"),
            quote(codes),
            command.triggeredBy().isEmpty() ? "no" : "yes",
            ShellText.words(command.triggeredBy()));
  }

  private String body(String function, String... words) {
    return "r_" + index + "() { " + function + " " + String.join(" ", words).strip() + "; }\n";
  }

  private static String guard(String function, Optional<String> text, long seconds) {
    long limit = Math.min(seconds, GUARD_SECONDS);
    return text.map(t -> function + "() { h_limit " + limit + " " + ShellText.program(t) + "; }\n")
        .orElse("");
  }

  /** What is looked at on a host to see whether it is as wanted, whatever init it has. */
  static Stream<String> paths(Resource resource) {
    if (resource instanceof FileContent file) {
      return Stream.of(file.path());
    }
    if (resource instanceof Directory directory) {
      return Stream.of(directory.path());
    }
    if (resource instanceof Download download) {
      return Stream.of(download.path());
    }
    if (resource instanceof KernelParameter parameter && !parameter.released()) {
      return Stream.of(parameter.path());
    }
    if (resource instanceof Unit unit) {
      return Stream.of(
          "/etc/systemd/system/" + unit.name() + ".service",
          "/etc/init.d/" + unit.name(),
          "/etc/init/" + unit.name() + ".conf");
    }
    return Stream.empty();
  }

  private static String mode(String octal) {
    return octal.replaceFirst("^0+(?=.)", "");
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new HoraiException(CommonErrors.INTERNAL, "no SHA-256 here", "", "report this", e);
    }
  }
}
