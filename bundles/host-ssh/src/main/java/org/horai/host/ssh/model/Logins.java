package org.horai.host.ssh.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.api.HoraiException;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;

/**
 * Puts logins together: what the cluster file says, then ssh_config, then OpenSSH's defaults. A
 * jump host has settings of its own in ssh_config; of the cluster file it takes over keys,
 * known_hosts and the policy for host keys, where ssh_config says nothing about them.
 */
public final class Logins {
  private static final int MOST_JUMPS = 8;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ALIVE = Duration.ofSeconds(10);
  private static final int ALIVE_COUNT = 3;
  private static final Pattern JUMP =
      Pattern.compile("(?:ssh://)?(?:(.+)@)?(\\[[^\\]]+\\]|[^:\\[\\]/]+)(?::(\\d{1,5}))?/?");
  private static final Pattern FORWARD = Pattern.compile("%h:%p|\\[%h\\]:%p");

  private final List<SshConfig> files;
  private final Operator operator;

  /**
   * @param files ssh_config of the operator and of the machine
   */
  public Logins(List<SshConfig> files, Operator operator) {
    this.files = List.copyOf(files);
    this.operator = operator;
  }

  /**
   * The login of a host.
   *
   * @throws HoraiException BAD_CONFIG when ssh_config or the jump hosts cannot be used
   */
  public Login of(SshTarget target) {
    Hop hop = hop(target.address(), target.port(), target.user());
    return login(hop, target, target.jump(), 0);
  }

  /** One host on the way, the last of which is the target itself. */
  private record Hop(String host, String address, int port, String user, SshSettings settings) {
    boolean isAt(Hop other) {
      return address.equals(other.address) && port == other.port;
    }
  }

  private Hop hop(String host, Optional<Integer> port, Optional<String> user) {
    SshSettings settings = SshSettings.of(files, host, user, operator.user());
    return new Hop(
        host,
        settings.hostName(host),
        port.or(settings::port).orElse(22),
        user.or(settings::user).orElse(operator.user()),
        settings);
  }

  private Login login(Hop hop, SshTarget target, Optional<String> jump, int depth) {
    SshSettings settings = hop.settings();
    Operator.Expansion expansion =
        operator.expansion(hop.host(), hop.address(), hop.port(), hop.user());
    return new Login(
        hop.address(),
        hop.port(),
        hop.user(),
        keys(settings, target, expansion, depth > 0),
        hostKey(hop, target, expansion, depth > 0),
        new Login.Timing(
            settings.connectTimeout().orElse(CONNECT),
            settings.serverAliveInterval().orElse(ALIVE),
            settings.serverAliveCountMax().orElse(ALIVE_COUNT)),
        via(hop, target, jump, depth));
  }

  private static Login.Keys keys(
      SshSettings settings, SshTarget target, Operator.Expansion expansion, boolean jump) {
    List<String> named =
        new ArrayList<>(settings.identityFiles().stream().map(expansion::expand).toList());
    if (jump) {
      target.identityFile().map(expansion::home).ifPresent(named::add);
    }
    return new Login.Keys(
        jump ? Optional.empty() : target.identityFile().map(expansion::home),
        named,
        settings.identitiesOnly(),
        target.passphrase(),
        expansion.agent(settings.identityAgent()));
  }

  private static Login.HostKey hostKey(
      Hop hop, SshTarget target, Operator.Expansion expansion, boolean jump) {
    SshSettings settings = hop.settings();
    Optional<HostKeyPolicy> said = settings.hostKeys();
    Optional<List<String>> known =
        settings.userKnownHosts().map(list -> list.stream().map(expansion::expand).toList());
    Optional<List<String>> own = target.knownHosts().map(file -> List.of(expansion.home(file)));
    return new Login.HostKey(
        settings.hostKeyAlias().map(List::of).orElseGet(() -> names(hop)),
        (jump ? known.or(() -> own) : own.or(() -> known))
            .orElseGet(
                () ->
                    List.of(
                        expansion.home("~/.ssh/known_hosts"),
                        expansion.home("~/.ssh/known_hosts2"))),
        settings
            .globalKnownHosts()
            .orElse(List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2")),
        (jump ? said.or(target::hostKeys) : target.hostKeys().or(() -> said))
            .orElse(HostKeyPolicy.ASK));
  }

  private static List<String> names(Hop hop) {
    String name = hop.address().toLowerCase(Locale.ROOT);
    return hop.port() == 22 ? List.of(name) : List.of("[" + name + "]:" + hop.port(), name);
  }

  private Optional<Login> via(Hop hop, SshTarget target, Optional<String> said, int depth) {
    Optional<String> spec =
        said.or(hop.settings()::proxyJump).or(() -> forwarder(hop.settings(), hop.host()));
    if (spec.isEmpty() || spec.get().equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    if (depth == MOST_JUMPS) {
      throw unusable(hop.host(), "more than " + MOST_JUMPS + " hosts are to be gone through");
    }
    int comma = spec.get().lastIndexOf(',');
    Optional<String> before =
        comma < 0 ? Optional.empty() : Optional.of(spec.get().substring(0, comma));
    Hop next = jump(hop, spec.get().substring(comma + 1).strip());
    // "Host *" with a ProxyJump is also said of the jump host itself.
    return next.isAt(hop) ? Optional.empty() : Optional.of(login(next, target, before, depth + 1));
  }

  private Hop jump(Hop hop, String spec) {
    Matcher jump = JUMP.matcher(spec);
    if (!jump.matches()) {
      throw unusable(hop.host(), "\"" + spec + "\" does not name a jump host");
    }
    return hop(
        jump.group(2).replaceAll("[\\[\\]]", ""),
        Optional.ofNullable(jump.group(3)).map(Integer::valueOf),
        Optional.ofNullable(jump.group(1)));
  }

  /** The old way to say ProxyJump: {@code ProxyCommand ssh -W %h:%p bastion}. */
  private static Optional<String> forwarder(SshSettings settings, String host) {
    Optional<String> command = settings.proxyCommand();
    Optional<String> jump = command.flatMap(Logins::forwarder);
    if (command.isPresent() && jump.isEmpty()) {
      throw unusable(host, "its ProxyCommand \"" + command.get() + "\" is not run by Horai");
    }
    return jump;
  }

  private static Optional<String> forwarder(String command) {
    Iterator<String> words = List.of(command.strip().split("\\s+")).iterator();
    Optional<String> jump = Optional.empty();
    boolean forwards = false;
    if (!words.next().matches("(/.*/)?ssh")) {
      return Optional.empty();
    }
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("-W") && words.hasNext()) {
        forwards = FORWARD.matcher(words.next()).matches();
      } else if (!word.startsWith("-") && jump.isEmpty()) {
        jump = Optional.of(word);
      } else if (!word.equals("-q")) {
        return Optional.empty();
      }
    }
    return forwards ? jump : Optional.empty();
  }

  private static HoraiException unusable(String host, String why) {
    return new HoraiException(
        SshErrors.BAD_CONFIG,
        "the way to host " + host + " cannot be used",
        why,
        "write ProxyJump [user@]host[:port] into ~/.ssh/config, or ssh.jump into the cluster file");
  }
}
