package org.horai.core.cluster.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Ansible inventory in INI form: groups, hosts with ranges and variables, group variables and
 * groups of groups, as Ansible's own {@code plugins/inventory/ini.py} reads them.
 */
final class AnsibleIni {
  private static final Pattern HEADER =
      Pattern.compile("\\[([^\\[\\]:]+)(?::(\\w+))?\\]\\s*(#.*)?");
  private static final Pattern RANGE =
      Pattern.compile("^(.*?)\\[(\\w*):(\\w+)(?::(\\d+))?\\](.*)$");
  private static final Pattern PORT = Pattern.compile("^([^:]+):(\\d+)$");

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Map<String, Variable>> hosts = new LinkedHashMap<>();
  private final Map<String, Integer> childLines = new LinkedHashMap<>();
  private final String file;
  private final Problems problems;

  /** A group's own hosts, the groups in it, and its variables. */
  record Group(Set<String> hosts, Set<String> children, Map<String, Variable> variables) {}

  /**
   * A variable's text and where it was set.
   *
   * @param vault true when it is encrypted
   */
  record Variable(String text, boolean vault, String file, int line) {}

  private AnsibleIni(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  static AnsibleIni parse(String text, String file, Problems problems) {
    AnsibleIni ini = new AnsibleIni(file, problems);
    ini.read(text);
    return ini;
  }

  Map<String, Group> groups() {
    return groups;
  }

  /** The hosts in the order they first appear, with the variables of their lines. */
  Map<String, Map<String, Variable>> hosts() {
    return hosts;
  }

  private void read(String text) {
    String group = "ungrouped";
    String kind = "hosts";
    group(group);
    int number = 0;
    for (String raw : text.split("\\R", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[")) {
        Matcher header = HEADER.matcher(line);
        if (!header.matches()) {
          problems.add(file, number, 0, "\"" + line + "\" is not a section such as [mesos-master]");
          continue;
        }
        group = header.group(1).strip();
        kind = Optional.ofNullable(header.group(2)).orElse("hosts");
        group(group);
        if (!List.of("hosts", "children", "vars").contains(kind)) {
          problems.add(file, number, 0, "[" + group + ":" + kind + "]: only children and vars");
        }
      } else {
        entry(group, kind, line, number);
      }
    }
    childLines.forEach(this::checkChild);
  }

  private void entry(String group, String kind, String line, int number) {
    switch (kind) {
      case "children" -> {
        String child = line.replaceFirst("\\s+#.*", "");
        group(group).children().add(child);
        childLines.putIfAbsent(child, number);
      }
      case "vars" -> {
        int equal = line.indexOf('=');
        if (equal < 1) {
          problems.add(file, number, 0, "\"" + line + "\" is not a variable: write name=value");
          return;
        }
        String name = line.substring(0, equal).strip();
        String value = unquoted(line.substring(equal + 1).strip());
        group(group).variables().put(name, new Variable(value, false, file, number));
      }
      case "hosts" -> host(group, line, number);
      default -> {
        // the header was already found wrong
      }
    }
  }

  private void host(String group, String line, int number) {
    List<String> words = words(line);
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (String word : words.subList(1, words.size())) {
      int equal = word.indexOf('=');
      if (equal < 1) {
        problems.add(file, number, 0, "\"" + word + "\" is not a variable: write name=value");
      } else {
        variables.put(
            word.substring(0, equal), new Variable(word.substring(equal + 1), false, file, number));
      }
    }
    String pattern = words.get(0);
    Matcher port = PORT.matcher(pattern.contains("[") ? "" : pattern);
    if (port.matches()) {
      pattern = port.group(1);
      variables.putIfAbsent("ansible_port", new Variable(port.group(2), false, file, number));
    }
    for (String name : expand(pattern, number)) {
      group(group).hosts().add(name);
      hosts.computeIfAbsent(name, absent -> new LinkedHashMap<>()).putAll(variables);
    }
  }

  private void checkChild(String child, int line) {
    if (!groups.containsKey(child)) {
      problems.add(
          file,
          line,
          0,
          "group " + child + " does not exist" + Nearest.hint(child, groups.keySet(), ""));
    }
  }

  private Group group(String name) {
    return groups.computeIfAbsent(
        name,
        absent -> new Group(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>()));
  }

  /** {@code web[01:03].x} becomes three names; letters count as well, and a step may follow. */
  private List<String> expand(String pattern, int number) {
    Matcher range = RANGE.matcher(pattern);
    if (!range.matches()) {
      return List.of(pattern);
    }
    String from = range.group(2).isEmpty() ? "0" : range.group(2);
    String to = range.group(3);
    int step = range.group(4) == null ? 1 : Integer.parseInt(range.group(4));
    boolean digits = from.matches("\\d{1,6}") && to.matches("\\d{1,6}");
    boolean letters = from.matches("[A-Za-z]") && to.matches("[A-Za-z]");
    int first = digits ? Integer.parseInt(from) : from.charAt(0);
    int last = digits ? Integer.parseInt(to) : to.charAt(0);
    if (!(digits || letters) || first > last || step < 1 || last - first > 10_000) {
      problems.add(file, number, 0, "\"" + pattern + "\" is not a range such as agent[1:3]");
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (int i = first; i <= last; i += step) {
      String part = digits ? padded(i, from) : String.valueOf((char) i);
      names.addAll(expand(range.group(1) + part + range.group(5), number));
    }
    return names;
  }

  private static String padded(int value, String from) {
    return from.startsWith("0") && from.length() > 1
        ? String.format("%0" + from.length() + "d", value)
        : String.valueOf(value);
  }

  /** Words of a host line: quotes hold spaces together, a hash begins a comment. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean open = false;
    for (char c : line.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        open = true;
      } else if (c == '#' && !open) {
        break;
      } else if (Character.isWhitespace(c)) {
        if (open) {
          words.add(word.toString());
          word.setLength(0);
          open = false;
        }
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
