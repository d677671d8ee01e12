package org.horai.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.Resource;
import org.horai.api.host.Unit;
import org.horai.api.secret.SecretRef;

/** The shell texts of a provider. */
final class Texts {
  private static final Pattern REAL_PATH =
      Pattern.compile(
          "(?<![\\w}./:$-])/(bin|boot|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys"
              + "|tmp|usr|var)(/[\\w./-]*)?(?![\\w])");
  private static final Pattern BASHISM =
      Pattern.compile(
          "\\[\\[\\s|<<<|&>|\\bfunction\\s+\\w+|<\\(|(?:^|[;&|(])\\s*source\\s+\\S|\\blocal\\s+\\w+=\\(");

  private Texts() {}

  /** A text and where it is from. */
  record Text(String where, String shell) {}

  static List<Text> of(HostProbes asked) {
    List<Text> texts = new ArrayList<>();
    for (Probe probe : asked.probes()) {
      texts.add(new Text("probe " + probe.id(), probe.script()));
    }
    for (HostStage stage : asked.checks()) {
      texts.addAll(of(stage));
    }
    return texts;
  }

  static List<Text> of(HostStage stage) {
    List<Text> texts = new ArrayList<>();
    for (Resource resource : stage.resources()) {
      String where = stage.stage() + " " + resource.id();
      if (resource instanceof Command command) {
        boolean shell = command.argv().size() > 2 && command.argv().get(1).equals("-c");
        texts.add(
            new Text(where, shell ? command.argv().get(2) : String.join(" ", command.argv())));
        command.unless().ifPresent(text -> texts.add(new Text(where + " unless", text)));
        command.onlyIf().ifPresent(text -> texts.add(new Text(where + " onlyIf", text)));
      } else if (resource instanceof Unit unit) {
        unit.start().forEach(line -> texts.add(new Text(where + " start", line)));
        unit.stop().forEach(line -> texts.add(new Text(where + " stop", line)));
      }
    }
    return texts;
  }

  /** The first path of the real machine in a text, or "". */
  static String realPath(String shell) {
    Matcher matcher = REAL_PATH.matcher(shell.replace("/dev/null", ""));
    return matcher.find() ? matcher.group() : "";
  }

  /** The first construct that not every POSIX shell knows, or "". */
  static String bashism(String shell) {
    Matcher matcher = BASHISM.matcher(shell);
    return matcher.find() ? matcher.group().strip() : "";
  }

  static Map<String, SecretRef> secrets(Resource resource) {
    if (resource instanceof FileContent file) {
      return file.secrets();
    }
    return resource instanceof Command command ? command.environment() : Map.of();
  }
}
