package org.horai.core.cluster.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.core.cluster.model.AnsibleIni.Variable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns an Ansible inventory into hosts. Groups give the roles; variables win in Ansible's order:
 * group variables of the INI file, {@code group_vars} (all, then parents, then children), variables
 * of the host's line, {@code host_vars}.
 */
final class AnsibleInventory {
  private static final Map<String, HostRole> ROLES =
      Map.of(
          "mesos-master", HostRole.MASTER,
          "mesos-slave", HostRole.AGENT,
          "mesos-agent", HostRole.AGENT,
          "zookeeper", HostRole.ZOOKEEPER);
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(pass|secret|token|credential|private|vault|key).*");

  private final AnsibleSource source;
  private final SshTarget login;
  private final FileContext context;
  private final FileContext own;
  private final AnsibleIni ini;
  private final Map<String, Integer> depths = new HashMap<>();

  AnsibleInventory(AnsibleSource source, SshTarget login, FileContext context) {
    this.source = source;
    this.login = login;
    this.context = context;
    this.own =
        new FileContext(
            source.name(), source.file().getParent(), context.origin(), context.problems());
    this.ini = AnsibleIni.parse(source.text(), source.name(), context.problems());
  }

  /** The hosts that have a role, in the order of the file. */
  List<Host> hosts() {
    ini.groups().keySet().forEach(group -> depth(group, new ArrayList<>()));
    if (!context.problems().none()) {
      return List.of();
    }
    List<Host> hosts = new ArrayList<>();
    for (String name : ini.hosts().keySet()) {
      List<String> groups = groupsOf(name);
      Set<HostRole> roles = roles(groups);
      if (!roles.isEmpty()) {
        hosts.add(host(name, roles, variables(name, groups)));
      }
    }
    if (hosts.isEmpty()) {
      context
          .problems()
          .add(
              source.name(),
              0,
              0,
              "has no hosts in groups mesos-master and mesos-slave or mesos-agent; its groups are "
                  + String.join(", ", ini.groups().keySet().stream().skip(1).toList()));
    }
    return hosts;
  }

  private Host host(String name, Set<HostRole> roles, Map<String, Variable> variables) {
    Values values = new Values(name, variables);
    String dial = values.first("ansible_host", "ansible_ssh_host").orElse(name);
    String address = values.first("private_ipv4").orElse(dial);
    SshTarget ssh =
        new SshTarget(
            dial,
            values.first("ansible_port", "ansible_ssh_port").flatMap(values::port).or(login::port),
            values.first("ansible_user", "ansible_ssh_user").or(login::user),
            values
                .first("ansible_ssh_private_key_file", "ansible_private_key_file")
                .map(own::path)
                .or(login::identityFile),
            login.passphrase(),
            values
                .first("ansible_become", "ansible_sudo")
                .map(
                    text ->
                        Set.of("true", "yes", "1", "on").contains(text.toLowerCase(Locale.ROOT)))
                .orElse(login.become()),
            login.hostKeys(),
            login.knownHosts(),
            login.jump());
    return new Host(name, address, roles, ssh, shown(variables));
  }

  /** Variables worth keeping: plain ones whose name promises no secret. */
  private static Map<String, String> shown(Map<String, Variable> variables) {
    Map<String, String> shown = new TreeMap<>();
    variables.forEach(
        (name, variable) -> {
          if (!variable.vault() && !SECRET.matcher(name.replace("private_ipv4", "")).matches()) {
            shown.put(name, variable.text());
          }
        });
    return shown;
  }

  private static Set<HostRole> roles(List<String> groups) {
    Set<HostRole> roles = EnumSet.noneOf(HostRole.class);
    for (String group : groups) {
      String plain = group.replace('_', '-');
      HostRole role = ROLES.getOrDefault(plain, ROLES.get(plain.replaceFirst("s$", "")));
      if (role != null) {
        roles.add(role);
      }
    }
    return roles;
  }

  private Map<String, Variable> variables(String host, List<String> groups) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    groups.forEach(
        group ->
            Optional.ofNullable(ini.groups().get(group))
                .ifPresent(known -> variables.putAll(known.variables())));
    groups.forEach(group -> addFiles(variables, source.groupVars().get(group)));
    variables.putAll(ini.hosts().get(host));
    addFiles(variables, source.hostVars().get(host));
    return variables;
  }

  private void addFiles(Map<String, Variable> variables, List<AnsibleSource.VarFile> files) {
    for (AnsibleSource.VarFile file : files == null ? List.<AnsibleSource.VarFile>of() : files) {
      if (file.text().startsWith("$ANSIBLE_VAULT")) {
        continue;
      }
      Optional<Node> document = YamlText.parse(file.text(), file.name(), context.problems());
      if (document.isPresent() && document.get() instanceof MappingNode mapping) {
        mapping
            .getValue()
            .forEach(tuple -> add(variables, file, tuple.getKeyNode(), tuple.getValueNode()));
      }
    }
  }

  private static void add(
      Map<String, Variable> variables, AnsibleSource.VarFile file, Node key, Node value) {
    if (key instanceof ScalarNode name && value instanceof ScalarNode text) {
      if (!Tag.NULL.equals(value.getTag())) {
        boolean vault = value.getTag().getValue().startsWith("!vault");
        variables.put(
            name.getValue(),
            new Variable(text.getValue(), vault, file.name(), value.getStartMark().getLine() + 1));
      }
    }
  }

  /** The groups a host is in, wider ones first, as their variables apply. */
  private List<String> groupsOf(String host) {
    Set<String> found = new HashSet<>();
    ini.groups()
        .forEach(
            (name, group) -> {
              if (group.hosts().contains(host)) {
                addWithParents(name, found);
              }
            });
    found.add("all");
    return found.stream()
        .sorted(
            Comparator.comparing((String group) -> depths.getOrDefault(group, 0))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private void addWithParents(String group, Set<String> found) {
    if (found.add(group)) {
      ini.groups()
          .forEach(
              (name, other) -> {
                if (other.children().contains(group)) {
                  addWithParents(name, found);
                }
              });
    }
  }

  private int depth(String group, List<String> below) {
    if (below.contains(group)) {
      context.problems().add(source.name(), 0, 0, "group " + group + " contains itself: " + below);
      return 0;
    }
    if (group.equals("all")) {
      return 0;
    }
    if (!depths.containsKey(group)) {
      List<String> path = new ArrayList<>(below);
      path.add(group);
      int deepest = 0;
      for (Map.Entry<String, AnsibleIni.Group> parent : ini.groups().entrySet()) {
        if (parent.getValue().children().contains(group)) {
          deepest = Math.max(deepest, depth(parent.getKey(), path));
        }
      }
      depths.put(group, deepest + 1);
    }
    return depths.get(group);
  }

  /** The variables of one host that matter here; only these must be plain. */
  private final class Values {
    private final String host;
    private final Map<String, Variable> variables;

    Values(String host, Map<String, Variable> variables) {
      this.host = host;
      this.variables = variables;
    }

    Optional<String> first(String... names) {
      for (String name : names) {
        Variable variable = variables.get(name);
        if (variable != null) {
          return plain(name, variable);
        }
      }
      return Optional.empty();
    }

    Optional<Integer> port(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port > 0 && port < 65536) {
          return Optional.of(port);
        }
      } catch (NumberFormatException e) {
        // told below
      }
      Variable variable =
          Optional.ofNullable(variables.get("ansible_port"))
              .orElseGet(() -> variables.get("ansible_ssh_port"));
      wrong("ansible_port", variable, "is not a port: \"" + text + "\"");
      return Optional.empty();
    }

    private Optional<String> plain(String name, Variable variable) {
      if (variable.vault()) {
        wrong(name, variable, "is encrypted with Ansible Vault; Horai needs it in plain text");
        return Optional.empty();
      }
      if (variable.text().contains("{{")) {
        wrong(name, variable, "is a template, which only Ansible can fill in; write the value");
        return Optional.empty();
      }
      return Optional.of(variable.text().strip()).filter(text -> !text.isEmpty());
    }

    private void wrong(String name, Variable variable, String rule) {
      context
          .problems()
          .add(variable.file(), variable.line(), 0, name + " of host " + host + " " + rule);
    }
  }
}
