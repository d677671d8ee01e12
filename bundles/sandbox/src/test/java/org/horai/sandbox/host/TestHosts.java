package org.horai.sandbox.host;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.horai.sandbox.net.SimThreads;

/** Hosts h1, h2 and h3 at 127.88.0.1 to .3 and a real SSH client. */
final class TestHosts implements AutoCloseable {

  /** What a command did. */
  record Result(int exit, String out, String err) {}

  final SimThreads threads = new SimThreads();
  final OverlayMedium medium;
  final List<SimHost> hosts = new ArrayList<>();
  final List<String> events = new CopyOnWriteArrayList<>();
  final KeyPair key;
  volatile int hookAnswer;
  private final SshClient client = SshClient.setUpDefaultClient();
  private final Map<String, ClientSession> sessions = new HashMap<>();

  TestHosts(Path directory, String weave, int count) throws IOException {
    medium = new OverlayMedium(directory.resolve("net"));
    key = SshKeys.writeClientKey(directory.resolve("id_rsa"));
    for (int i = 1; i <= count; i++) {
      HostSpec spec =
          new HostSpec(
              "h" + i,
              new InetSocketAddress("127.88.0." + i, 0),
              directory.resolve("h" + i),
              Optional.of(weave),
              List.of("docker", "mesos-slave"));
      UnitHook hook =
          (host, unit, action) -> {
            events.add(host + " " + action + " " + unit);
            return hookAnswer;
          };
      SimHost host = new SimHost(spec, medium, Set.of(key.getPublic()), hook, threads);
      host.start();
      hosts.add(host);
    }
    client.setServerKeyVerifier((session, address, serverKey) -> true);
    client.start();
  }

  SimHost host(String name) {
    return hosts.stream().filter(h -> h.name().equals(name)).findFirst().orElseThrow();
  }

  Result run(String host, String command) throws IOException {
    return run(host, command, "");
  }

  Result run(String host, String command, String stdin) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (ChannelExec exec = started(host(host), command, stdin, out, err)) {
      exec.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ofSeconds(20));
      if (exec.getExitStatus() == null) {
        throw new AssertionError(host + " $ " + command + " did not end");
      }
      return new Result(
          exec.getExitStatus(),
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8));
    }
  }

  /** On the host's one session; a host that was away since gets another. */
  private ChannelExec started(
      SimHost to, String command, String in, OutputStream out, OutputStream err)
      throws IOException {
    ClientSession known = sessions.get(to.name());
    if (known != null) {
      try {
        return started(known, command, in, out, err);
      } catch (IOException | IllegalStateException lost) {
        sessions.remove(to.name());
      }
    }
    ClientSession fresh = session(to, key);
    sessions.put(to.name(), fresh);
    return started(fresh, command, in, out, err);
  }

  private static ChannelExec started(
      ClientSession session, String command, String in, OutputStream out, OutputStream err)
      throws IOException {
    ChannelExec exec = session.createExecChannel(command);
    exec.setIn(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)));
    exec.setOut(out);
    exec.setErr(err);
    exec.open().verify(Duration.ofSeconds(10));
    return exec;
  }

  ClientSession session(SimHost to, KeyPair with) throws IOException {
    ClientSession session =
        client
            .connect("ec2-user", to.address(), to.sshPort())
            .verify(Duration.ofSeconds(10))
            .getSession();
    session.addPublicKeyIdentity(with);
    session.auth().verify(Duration.ofSeconds(10));
    return session;
  }

  @Override
  public void close() {
    client.stop();
    hosts.forEach(SimHost::close);
  }
}
