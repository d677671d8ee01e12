package org.horai.itests.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;

/** One of the {@link Hosts}. It keeps its disk when it is killed and booted again. */
public final class RealHost {
  private final Hosts hosts;
  private final String name;
  private long pid;

  RealHost(Hosts hosts, String name) {
    this.hosts = hosts;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public String address() {
    return hosts.net() + "." + name.substring(1);
  }

  /** Starts it; its SSH server answers when this returns. */
  public void boot() {
    List<String> said = hosts.tell("boot", name);
    String inner = said.get(said.size() - 1);
    pid =
        hosts
            .keeper()
            .descendants()
            .mapToLong(ProcessHandle::pid)
            .filter(process -> isNumbered(process, inner))
            .findFirst()
            .orElseThrow();
  }

  /** The first process of the host is number {@code inner} for its parent and 1 for itself. */
  private static boolean isNumbered(long process, String inner) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
          .filter(line -> line.startsWith("NSpid:"))
          .anyMatch(line -> line.matches("NSpid:.*\\s" + inner + "\\s+1"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Power off: silent from one moment to the next, all its processes dead. */
  public void kill() {
    hosts.tell("kill", name);
  }

  /** Pulls its cable. */
  public void cut() {
    hosts.tell("cut", name);
  }

  /** Plugs its cable in again. */
  public void heal() {
    hosts.tell("heal", name);
  }

  /** Limits its link in both directions: {@code 1mbit}. */
  public void slow(String rate) {
    hosts.tell("slow", name, rate);
  }

  public void fast() {
    hosts.tell("fast", name);
  }

  /** Shrinks its disk until that many KiB are free; not its /tmp and /run. */
  public void fillDisk(int freeKiB) {
    hosts.tell("fill", name, Integer.toString(freeKiB));
  }

  public void drainDisk() {
    hosts.tell("drain", name);
  }

  public void readOnly() {
    sh("mount -o remount,ro /");
  }

  public void writable() {
    sh("mount -o remount,rw /");
  }

  /** Ends all its SSH connections by RST, at once. */
  public void reset() {
    sh("ss -K state established sport = :22 >/dev/null");
  }

  /**
   * Lets its {@code date} be off by that many seconds. The kernel has one real-time clock for all
   * namespaces, so programs that ask it themselves are not fooled.
   */
  public void shiftClock(long seconds) {
    write(
        "/usr/local/bin/date",
        "#!/bin/sh\nS="
            + seconds
            + "\n"
            + "exec /bin/date -d \"@$(($(/bin/date +%s) + S))\" \"$@\"\n",
        "755");
  }

  /** Runs a program on it as root, without SSH. */
  public Ran exec(String... command) {
    List<String> words =
        new ArrayList<>(
            List.of("nsenter", "-t", Long.toString(pid), "-m", "-u", "-i", "-n", "-p", "-r", "-w"));
    words.addAll(List.of(command));
    return Ran.of(words);
  }

  /** Runs shell text on it as root, which must end well. */
  public String sh(String text) {
    Ran ran = exec("sh", "-c", text);
    if (ran.code() != 0) {
      throw new IllegalStateException(name + ": " + text + ": " + ran.out() + ran.err());
    }
    return ran.out();
  }

  /** The path of a file of it as this machine sees it. */
  public Path path(String absolute) {
    return Path.of("/proc/" + pid + "/root" + absolute);
  }

  public void write(String path, String text, String mode) {
    try {
      Files.createDirectories(path(path).getParent());
      Files.writeString(path(path), text);
      sh("chmod " + mode + " '" + path + "'");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String read(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whatever it has on its disk that this machine has not: a line for each path with kind, mode,
   * owner and link, and one for each file with the SHA-256 of its content.
   */
  public List<String> tree() {
    return hosts.tell("tree", name);
  }

  /** The times of change of the same paths. */
  public List<String> times() {
    return hosts.tell("times", name);
  }

  /** The lines its SSH server logged since it booted. */
  public List<String> sshLog() {
    return read("/run/sshd.log").lines().toList();
  }

  /** Makes a user who logs in with the same key as root. */
  public void addUser(String user, String shell) {
    sh("useradd -m -p '*' -s " + shell + " " + user);
    sh("cp /etc/ssh/keys/root /etc/ssh/keys/" + user);
  }

  /** It as an inventory names it, for a login as root. */
  public Host target() {
    return target("root", false);
  }

  /** The same for another login, with or without sudo. */
  public Host target(String user, boolean become) {
    SshTarget ssh =
        new SshTarget(
            address(),
            22,
            user,
            Optional.of(hosts.key().toString()),
            Optional.empty(),
            become,
            HostKeyPolicy.STRICT,
            Optional.of(hosts.knownHosts().toString()));
    return new Host(name, address(), Set.of(HostRole.AGENT), ssh, java.util.Map.of());
  }
}
