package org.horai.host.ssh.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.api.HoraiException;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;

/** What the operator's and the machine's ssh_config say about one host; nothing is expanded yet. */
public final class SshSettings {
  private static final Set<String> LISTS = Set.of("identityfile");
  private static final Pattern TIME = Pattern.compile("(\\d+)([smhdwSMHDW]?)");

  private final Map<String, List<String>> values;

  private SshSettings(Map<String, List<String>> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Looks a host up.
   *
   * @param files in the order of their weight: the operator's, then the machine's
   * @param host the name or address as it was written
   * @param user login name when known already
   */
  public static SshSettings of(
      List<SshConfig> files, String host, Optional<String> user, String localUser) {
    Builder builder = new Builder();
    SshConfig.Subject subject = new SshConfig.Subject(host, user, localUser);
    files.forEach(file -> file.collect(subject, builder));
    return new SshSettings(builder.values);
  }

  /** Collects values; of most options only the first. */
  static final class Builder {
    private final Map<String, List<String>> values = new HashMap<>();

    void add(String key, List<String> words) {
      if (LISTS.contains(key)) {
        values.computeIfAbsent(key, k -> new ArrayList<>()).addAll(words);
      } else if (key.equals("proxyjump") || key.equals("proxycommand")) {
        // Whichever comes first switches the other off.
        if (!values.containsKey("proxyjump") && !values.containsKey("proxycommand")) {
          values.put(key, words);
        }
      } else {
        values.putIfAbsent(key, words);
      }
    }

    Optional<String> first(String key) {
      return Optional.ofNullable(values.get(key)).map(words -> words.get(0));
    }

    String hostName(String host) {
      return first("hostname").map(name -> percent(name, host)).orElse(host);
    }
  }

  private static String percent(String name, String host) {
    return name.replace("%%", "\0").replace("%h", host).replace("\0", "%");
  }

  /** The name or address to dial. */
  public String hostName(String host) {
    return first("hostname").map(name -> percent(name, host)).orElse(host);
  }

  public Optional<String> user() {
    return first("user");
  }

  public Optional<Integer> port() {
    return number("port").filter(port -> port > 0 && port < 65536);
  }

  /** Key files in the order of the configuration; {@code none} means that there are to be none. */
  public List<String> identityFiles() {
    return values.getOrDefault("identityfile", List.of());
  }

  public boolean identitiesOnly() {
    return first("identitiesonly").filter("yes"::equalsIgnoreCase).isPresent();
  }

  /** Socket of the agent, {@code none}, or {@code SSH_AUTH_SOCK}. */
  public Optional<String> identityAgent() {
    return first("identityagent");
  }

  public Optional<String> proxyJump() {
    return first("proxyjump");
  }

  /** The command that reaches the host; run by nobody here. */
  public Optional<String> proxyCommand() {
    return Optional.ofNullable(values.get("proxycommand"))
        .map(words -> String.join(" ", words))
        .filter(command -> !command.equalsIgnoreCase("none"));
  }

  public Optional<List<String>> userKnownHosts() {
    return Optional.ofNullable(values.get("userknownhostsfile"));
  }

  public Optional<List<String>> globalKnownHosts() {
    return Optional.ofNullable(values.get("globalknownhostsfile"));
  }

  public Optional<String> hostKeyAlias() {
    return first("hostkeyalias");
  }

  /** {@code no} is taken as accept-new: a changed key is refused whatever is said. */
  public Optional<HostKeyPolicy> hostKeys() {
    return first("stricthostkeychecking")
        .map(
            word ->
                switch (word.toLowerCase(java.util.Locale.ROOT)) {
                  case "yes", "true" -> HostKeyPolicy.STRICT;
                  case "accept-new", "no", "off", "false" -> HostKeyPolicy.ACCEPT_NEW;
                  case "ask" -> HostKeyPolicy.ASK;
                  default -> throw wrong("StrictHostKeyChecking", word);
                });
  }

  /** Zero switches keep-alives off. */
  public Optional<Duration> serverAliveInterval() {
    return time("serveraliveinterval", "ServerAliveInterval");
  }

  public Optional<Integer> serverAliveCountMax() {
    return number("serveralivecountmax");
  }

  public Optional<Duration> connectTimeout() {
    return time("connecttimeout", "ConnectTimeout").filter(time -> !time.isZero());
  }

  private Optional<String> first(String key) {
    return Optional.ofNullable(values.get(key)).map(words -> words.get(0));
  }

  private Optional<Integer> number(String key) {
    return first(key).map(text -> parsed(key, text, Integer::valueOf));
  }

  private Optional<Duration> time(String key, String shown) {
    return first(key)
        .filter(text -> !text.equalsIgnoreCase("none"))
        .map(text -> parsed(shown, text, SshSettings::seconds));
  }

  /** Times such as {@code 90}, {@code 10s} and {@code 1h30m}. */
  private static Duration seconds(String text) {
    Matcher part = TIME.matcher(text);
    Duration sum = Duration.ZERO;
    int at = 0;
    while (part.find() && part.start() == at) {
      sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
      at = part.end();
    }
    if (at < text.length() || at == 0) {
      throw new NumberFormatException(text);
    }
    return sum;
  }

  private static Duration unit(String letter) {
    return switch (letter.toLowerCase(java.util.Locale.ROOT)) {
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      default -> Duration.ofSeconds(1);
    };
  }

  private static <T> T parsed(String key, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw wrong(key, text);
    }
  }

  private static HoraiException wrong(String key, String text) {
    return new HoraiException(
        SshErrors.BAD_CONFIG,
        "~/.ssh/config cannot be used",
        key + " has the value \"" + text + "\"",
        "ssh -G HOST shows what ssh makes of it");
  }
}
