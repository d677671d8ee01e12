package org.horai.host.ssh.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;

/**
 * The machine's own sshd on loopback. It runs in a mount namespace where {@code /etc/passwd} and
 * sudo's rules are those of the test, so that it needs nothing of the machine and leaves nothing.
 */
final class OpenSshServer implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Path folder;
  private final String address;
  private final int port;
  private Process process;

  /** Why it cannot be started here; "" when it can. */
  static String missing() {
    for (String tool : List.of("/usr/sbin/sshd", "/usr/bin/ssh-keygen", "/usr/bin/unshare")) {
      if (!Files.isExecutable(Path.of(tool))) {
        return "there is no " + tool;
      }
    }
    return "root".equals(System.getProperty("user.name")) ? "" : "it needs root";
  }

  OpenSshServer(Path folder, String address, List<String> options) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.address = address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      port = free.getLocalPort();
    }
    Files.createDirectories(Path.of("/run/sshd"));
    List<String> config = new ArrayList<>(options);
    if (options.stream().noneMatch(line -> line.startsWith("HostKey "))) {
      config.add("HostKey " + newKey("host", "ed25519"));
    }
    config.addAll(
        List.of(
            "ListenAddress " + address,
            "Port " + port,
            "AuthorizedKeysFile " + authorizedKeys(),
            "StrictModes no",
            "PidFile none",
            "UsePAM no",
            "LogLevel VERBOSE"));
    Files.write(folder.resolve("sshd_config"), config);
    if (!Files.exists(authorizedKeys())) {
      Files.createFile(authorizedKeys());
    }
    start();
  }

  /** Makes a key in the server's folder. */
  Path newKey(String name, String type) throws Exception {
    Path file = folder.resolve(name + "-" + type);
    Tools.run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file.toString());
    return file;
  }

  void start() throws IOException {
    write(
        "passwd",
        "root:x:0:0::/root:/bin/sh",
        user("free", 5001),
        user("asked", 5002),
        "sshd:x:5009:65534::/run/sshd:/bin/false",
        user("tied", 5003));
    write(
        "shadow",
        "root:*:19000::::::",
        "free:*:19000::::::",
        "asked:*:19000::::::",
        "tied:*:19000::::::");
    write(
        "sudoers",
        "root ALL=(ALL) ALL",
        "free ALL=(root) NOPASSWD: ALL",
        "asked ALL=(root) ALL",
        "Defaults:tied requiretty",
        "tied ALL=(root) NOPASSWD: ALL");
    Files.setPosixFilePermissions(
        folder.resolve("sudoers"),
        java.nio.file.attribute.PosixFilePermissions.fromString("r--r-----"));
    String script =
        "for f in passwd shadow sudoers; do mount --bind '"
            + folder
            + "'/$f /etc/$f || exit 9; done; exec "
            + SSHD
            + " -D -e -f '"
            + folder.resolve("sshd_config")
            + "'";
    process =
        new ProcessBuilder("unshare", "-m", "sh", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    Waiter.every(Duration.ofMillis(20))
        .until(
            "sshd at port " + port,
            Deadline.after(Duration.ofSeconds(20)),
            this::answers,
            this::said);
  }

  private static String user(String name, int id) {
    return name + ":x:" + id + ":65534::/:/bin/sh";
  }

  private void write(String file, String... lines) throws IOException {
    Path path = folder.resolve(file);
    Files.deleteIfExists(path);
    Files.write(path, List.of(lines));
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return process.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  /** Everything it logged. */
  String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      return "nothing";
    }
  }

  /** How many logins it accepted. */
  long logins() {
    return said().lines().filter(line -> line.startsWith("Accepted publickey")).count();
  }

  private Path log() {
    return folder.resolve("log");
  }

  Path authorizedKeys() {
    return folder.resolve("authorized_keys");
  }

  void authorize(String publicLine) throws IOException {
    Files.writeString(authorizedKeys(), publicLine + "\n");
  }

  int port() {
    return port;
  }

  String address() {
    return address;
  }

  /** As it stands in known_hosts. */
  String name() {
    return "[" + address + "]:" + port;
  }

  /** Ends the server and everybody it serves, as a host that loses its power. */
  void stop() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  /** Ends the processes of the connections, and goes on listening. */
  void cut() {
    process.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
