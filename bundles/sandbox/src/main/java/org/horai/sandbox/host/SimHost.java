package org.horai.sandbox.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.horai.sandbox.net.SimThreads;

/**
 * One simulated host. All methods may be called from any thread; those that change the host's state
 * block until it has changed.
 */
public final class SimHost implements AutoCloseable {

  private static final String UNIT =
      "[Unit]\nDescription=%s\n\n[Service]\nX-Simulated=yes\nExecStart=/usr/sbin/%s\n\n"
          + "[Install]\nWantedBy=multi-user.target\n";

  private final HostSpec spec;
  private final OverlayMedium medium;
  private final Set<PublicKey> clients;
  private final UnitHook hook;
  private final SimThreads threads;
  private final Path root;
  private final HostShell shell;
  private final ProxySocket proxy;
  private final KeyPair ownKey;
  private KeyPair hostKey;
  private int port;
  private boolean unreachable;
  private Optional<SshFront> ssh = Optional.empty();
  private Optional<HostCalls> calls = Optional.empty();

  /**
   * Lays the host's directory out; nothing runs before {@link #start()}.
   *
   * @param clients the keys that may log in, whatever the user name
   * @param hook hears of services; called only between start and close
   */
  public SimHost(
      HostSpec spec,
      OverlayMedium medium,
      Set<PublicKey> clients,
      UnitHook hook,
      SimThreads threads)
      throws IOException {
    this.spec = Objects.requireNonNull(spec, "spec");
    this.medium = Objects.requireNonNull(medium, "medium");
    this.clients = Set.copyOf(clients);
    this.hook = Objects.requireNonNull(hook, "hook");
    this.threads = Objects.requireNonNull(threads, "threads");
    this.root = spec.directory().toAbsolutePath().resolve("root");
    this.port = spec.ssh().getPort();
    this.shell = new HostShell(spec, medium);
    this.proxy = new ProxySocket(root.resolve("run/weave/weave.sock"), threads);
    this.ownKey = SshKeys.hostKey();
    this.hostKey = ownKey;
    layOut();
  }

  private void layOut() throws IOException {
    for (String made :
        List.of(
            "etc/systemd/system/multi-user.target.wants",
            "etc/sysctl.d",
            "lib/systemd/system",
            "proc/sys/net/ipv4",
            "root",
            "run",
            "tmp",
            "usr/local/bin",
            "usr/local/sbin",
            "usr/bin",
            "var/lib",
            "var/log")) {
      Files.createDirectories(root.resolve(made));
    }
    Files.createDirectories(spec.directory().resolve("faults"));
    if (!Files.exists(root.resolve("var/run"))) {
      Files.createSymbolicLink(root.resolve("var/run"), Path.of("../run"));
    }
    HostTools.install(spec.directory());
    writeFile("/etc/hostname", spec.name() + "\n");
    writeFile("/etc/machine-id", "%032x%n".formatted(Cidr.number(spec.address())));
    if (spec.weave().isPresent()) {
      HostTools.executable(
          root.resolve("usr/local/bin/weave"), HostTools.weaveScript(spec.weave().get()));
    }
    for (String service : spec.services()) {
      writeFile("/lib/systemd/system/" + service + ".service", UNIT.formatted(service, service));
      writeFile("/etc/systemd/system/multi-user.target.wants/" + service + ".service", "");
    }
  }

  /** Boots the host and opens its SSH server; does nothing when it already runs. */
  public synchronized void start() throws IOException {
    if (calls.isPresent()) {
      return;
    }
    medium.join(address());
    calls = Optional.of(new HostCalls(spec.directory(), threads, this::call));
    shell.run("/bin/sh", "-c", ". \"$HORAI_HOST/lib/boot.sh\"");
    openSsh();
  }

  private void openSsh() throws IOException {
    if (!unreachable && ssh.isEmpty()) {
      InetSocketAddress where = new InetSocketAddress(spec.ssh().getAddress(), port);
      SshFront front = new SshFront(where, hostKey, clients, shell, threads);
      port = front.port();
      ssh = Optional.of(front);
    }
  }

  private void closeSsh() {
    ssh.ifPresent(SshFront::close);
    ssh = Optional.empty();
  }

  private int call(List<String> words) {
    try {
      switch (words.get(0)) {
        case "unit" -> {
          return hook.changed(spec.name(), words.get(2), words.get(1));
        }
        case "proxy" -> {
          switch (words.get(1)) {
            case "up" -> proxy.listen();
            case "dead" -> proxy.die();
            default -> proxy.close();
          }
          return 0;
        }
        default -> {
          return 1;
        }
      }
    } catch (IOException e) {
      return 1;
    }
  }

  /** Its name. */
  public String name() {
    return spec.name();
  }

  /** Its numeric address. */
  public String address() {
    return spec.address();
  }

  /** The port of its SSH server, known once started. */
  public synchronized int sshPort() {
    return port;
  }

  /** The public host key as it stands in known_hosts, without a host name. */
  public synchronized String hostKeyLine() {
    return SshKeys.line(hostKey.getPublic());
  }

  /** What {@code /} is on this host. */
  public Path root() {
    return root;
  }

  /**
   * A power cycle: all processes end, {@code /run}, the bridge and exposed addresses are gone, then
   * the enabled units start in their order. Blocks until they have.
   */
  public synchronized void reboot() throws IOException {
    closeSsh();
    endProcesses();
    proxy.close();
    shell.run("/bin/sh", "-c", ". \"$HORAI_HOST/lib/boot.sh\"");
    openSsh();
  }

  /** While true the host answers nobody: SSH is refused and the other hosts have lost it. */
  public synchronized void unreachable(boolean lost) throws IOException {
    unreachable = lost;
    if (lost) {
      medium.cut(address());
      closeSsh();
    } else {
      medium.heal(address());
      openSsh();
    }
  }

  /** From now on the host shows another key, as after it was installed anew. */
  public synchronized void changeHostKey() throws IOException {
    show(SshKeys.hostKey());
  }

  /** Shows the key again that it had at first. */
  public synchronized void restoreHostKey() throws IOException {
    if (!hostKey.equals(ownKey)) {
      show(ownKey);
    }
  }

  private void show(KeyPair key) throws IOException {
    hostKey = key;
    reopenSsh();
  }

  private void reopenSsh() throws IOException {
    if (ssh.isPresent()) {
      closeSsh();
      openSsh();
    }
  }

  /**
   * While true {@code sudo} asks for a password. Connections end, for a shell that stands in one
   * has been let through already.
   */
  public synchronized void sudoAsksPassword(boolean asks) throws IOException {
    fault("sudo-password", asks);
    if (asks) {
      reopenSsh();
    }
  }

  /**
   * Switches a fault of the stand-in tools: {@code sudo-password}, {@code dead-proxy} (the socket
   * is there and refuses), {@code hang-proxy} (launch-proxy never returns), {@code tls-unknown}
   * (launch-proxy wants --no-detect-tls), {@code port-in-use} (the router dies), {@code
   * no-package-<name>} (apt-get does not find it), {@code no-vxlan} (the kernel cannot make such a
   * device).
   */
  public void fault(String name, boolean on) {
    Path knob = spec.directory().resolve("faults").resolve(name);
    try {
      if (on) {
        Files.writeString(knob, "");
      } else {
        Files.deleteIfExists(knob);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot switch the fault " + name, e);
    }
  }

  /** The addresses that {@code weave expose} put on the bridge, e.g. {@code 127.7.128.1/24}. */
  public List<String> exposedAddresses() {
    try {
      return Files.readAllLines(root.resolve("run/horai/exposed"));
    } catch (IOException none) {
      return List.of();
    }
  }

  /**
   * Takes the host's addresses off all overlays' bridges; Weave's allocator still lists its own.
   */
  public void loseExposure() throws IOException {
    Files.deleteIfExists(root.resolve("run/horai/exposed"));
    shell.run(
        "/bin/sh",
        "-c",
        "ip -4 -o addr show | sed -n 's/^[0-9]*: \\(horai[^ ]*\\) *inet \\([^ ]*\\) .*/ip addr del \\2 dev \\1/p' | sh");
  }

  /** Whether the overlay's router runs. */
  public boolean overlayRunning() {
    return medium.view().isRunning(address());
  }

  /** Whether the overlay's Docker socket answers. */
  public boolean proxySocketAlive() {
    return proxy.isAlive();
  }

  /** Kills what answers on the overlay's Docker socket; the file stays. */
  public void killProxySocket() throws IOException {
    proxy.die();
    writeFile("/run/horai/proxy", "dead\n");
  }

  /**
   * Allocates an overlay address for a container, as the proxy does. Blocks while the allocator has
   * no quorum.
   *
   * @param container any name without spaces; the same name gets the same address
   * @param form {@code net:<cidr>}, {@code ip:<cidr>} or {@code net:default}
   * @return the address without its prefix length
   * @throws IOException the router does not run, or refuses; the message is what it said
   */
  public String allocate(String container, String form) throws IOException {
    return shell.run("/bin/sh", lib("lease.sh"), "allocate", container, form).strip();
  }

  /**
   * Takes an address for a container on one of Docker's own networks.
   *
   * @throws IOException there is no such network, or Docker does not run; the message is Docker's
   */
  public String join(String network, String container) throws IOException {
    return shell.run("/bin/sh", lib("join.sh"), "allocate", network, container).strip();
  }

  /** Takes a container off all of Docker's own networks. */
  public void leave(String container) throws IOException {
    shell.run("/bin/sh", lib("join.sh"), "release", container);
  }

  /** Gives all addresses of a container back. */
  public void release(String container) throws IOException {
    shell.run("/bin/sh", lib("lease.sh"), "release", container);
  }

  private String lib(String part) {
    return spec.directory().toAbsolutePath().resolve("lib").resolve(part).toString();
  }

  /** The text of a file by its absolute path on the host; empty when there is none. */
  public Optional<String> readFile(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path.substring(1)), StandardCharsets.UTF_8));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** Writes a file by its absolute path on the host. */
  public void writeFile(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private void endProcesses() {
    try (var states = Files.list(root.resolve("run/horai/units"))) {
      for (Path file : states.filter(f -> f.toString().endsWith(".pid")).toList()) {
        ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
            .ifPresent(
                process -> {
                  process.descendants().forEach(ProcessHandle::destroy);
                  process.destroy();
                });
      }
    } catch (IOException | NumberFormatException none) {
      // no unit has a process of its own
    }
  }

  /** Ends everything the host runs; its files stay. Bounded by some seconds, idempotent. */
  @Override
  public synchronized void close() {
    closeSsh();
    endProcesses();
    proxy.close();
    calls.ifPresent(HostCalls::close);
    calls = Optional.empty();
    medium.forget(address());
  }
}
