package org.horai.itests.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Real hosts on this machine, named h1, h2, ...: namespaces with an overlay over this machine's
 * root and an OpenSSH server each, half a second for three. Needs root on Linux; classes that use
 * it carry {@link OnRealHosts}.
 *
 * <p>All of it belongs to one process that ends with this one, even when this one is killed; then
 * the kernel removes the namespaces, and with them the one network device {@code hz<pid>} that lets
 * this machine reach the hosts. Blocking; not for several threads.
 */
public final class Hosts implements AutoCloseable {
  private static final Path BELOW = Path.of("/var/tmp");
  private static final String PREFIX = "horai-hosts-";

  private final Path folder;
  private final String net;
  private final String device;
  private final Process process;
  private final ProcessHandle keeper;
  private final Writer commands;
  private final BufferedReader answers;
  private final List<RealHost> hosts;

  private Hosts(int count) throws IOException {
    long own = ProcessHandle.current().pid();
    folder = Files.createTempDirectory(BELOW, PREFIX + own + "-");
    net = freeNet(own);
    device = "hz" + own + "." + net.substring(net.lastIndexOf('.') + 1);
    Path script = folder.resolve("hosts.sh");
    try (InputStream text = Hosts.class.getResourceAsStream("/hosts.sh")) {
      Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
    }
    must("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "horai", "-f", key().toString());
    List<String> command =
        List.of(
            ("unshare --net --mount --pid --fork --kill-child=KILL --mount-proc bash " + script)
                .split(" "));
    command = new ArrayList<>(command);
    command.addAll(List.of(folder.toString(), net));
    process = new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    commands = process.outputWriter();
    answers = process.inputReader();
    answer("start");
    keeper = process.children().findFirst().orElseThrow();
    hosts = IntStream.rangeClosed(1, count).mapToObj(i -> new RealHost(this, "h" + i)).toList();
  }

  /** Starts that many hosts, which are up when this returns. */
  public static Hosts up(int count) {
    try {
      sweep();
      Hosts made = new Hosts(count);
      try {
        made.plugIn();
        made.hosts.forEach(RealHost::boot);
        return made;
      } catch (IOException | RuntimeException e) {
        made.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<RealHost> all() {
    return hosts;
  }

  /** The host {@code h<number>}; the first one is 1. */
  public RealHost host(int number) {
    return hosts.get(number - 1);
  }

  /** Frames between the two are dropped; both still reach everybody else. */
  public void partition(RealHost one, RealHost other) {
    tell("partition", one.name(), other.name());
  }

  public void unpartition(RealHost one, RealHost other) {
    tell("unpartition", one.name(), other.name());
  }

  /** Private key that root on every host, and users made there, accept. */
  public Path key() {
    return folder.resolve("id");
  }

  /** The hosts' keys as OpenSSH knows them. */
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  /** The address of this machine as the hosts see it. */
  public String operatorAddress() {
    return net + ".254";
  }

  /** The network of the hosts, such as {@code 10.200.3.0/24}. */
  public String network() {
    return net + ".0/24";
  }

  String net() {
    return net;
  }

  /** The process that holds everything, as this machine numbers it. */
  ProcessHandle keeper() {
    return keeper;
  }

  List<String> tell(String... words) {
    try {
      commands.write(String.join(" ", words) + "\n");
      commands.flush();
      return answer(String.join(" ", words));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> answer(String question) throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    while ((line = answers.readLine()) != null && line.startsWith("| ")) {
      lines.add(line.substring(2));
    }
    if (!"ok".equals(line)) {
      String errors = Files.readString(folder.resolve("errors"));
      throw new IllegalStateException(question + " failed: " + String.join("\n", lines) + errors);
    }
    return lines;
  }

  /** One end of a cable here, the other in the hosts' network; it goes when that network goes. */
  private void plugIn() throws IOException {
    String there = Long.toString(keeper.pid());
    must("ip", "link", "add", device, "type", "veth", "peer", "name", "uplink", "netns", there);
    must("ip", "addr", "add", operatorAddress() + "/24", "dev", device);
    must("ip", "link", "set", device, "up");
    tell("uplink");
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        keeper.destroyForcibly();
        keeper.onExit().get(20, TimeUnit.SECONDS);
      }
      // The kernel removes a network some time after its last process; the next test may want it.
      Ran.of(List.of("ip", "link", "del", device));
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the hosts' process does not end", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String freeNet(long seed) throws IOException {
    String taken = must("ip", "-4", "-o", "addr") + must("ip", "-4", "route");
    return IntStream.range(0, 256)
        .mapToObj(i -> "10." + (200 + seed % 50) + "." + (seed / 50 + i) % 256)
        .filter(net -> !taken.contains(net + "."))
        .findFirst()
        .orElseThrow();
  }

  private static String must(String... command) throws IOException {
    Ran ran = Ran.of(List.of(command));
    if (ran.code() != 0) {
      throw new IOException(String.join(" ", command) + ": " + ran.err());
    }
    return ran.out();
  }

  /** Removes what a process left that was killed together with its keeper. */
  private static void sweep() throws IOException {
    try (Stream<Path> folders = Files.list(BELOW)) {
      for (Path left : folders.filter(Hosts::abandoned).toList()) {
        delete(left);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean abandoned(Path folder) {
    String name = folder.getFileName().toString();
    if (!name.matches(PREFIX + "[0-9]+-.*")) {
      return false;
    }
    Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(name.split("-")[2]));
    return owner.isEmpty();
  }
}
