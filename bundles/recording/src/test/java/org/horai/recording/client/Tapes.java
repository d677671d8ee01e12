package org.horai.recording.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.recording.Recorder.Program;
import org.horai.api.recording.Recorder.Tape;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretResolver;
import org.horai.api.time.Deadline;
import org.horai.core.cluster.client.ClusterReader;
import org.horai.core.cluster.model.Origin;
import org.horai.core.http.client.OkHttpTransport;

/** What tests of recordings share. */
final class Tapes {
  static final Program PLAN = new Program("chronos:plan", List.of());
  static final ZooKeeperSpec ENSEMBLE =
      new ZooKeeperSpec(
          List.of(new HostPort("10.0.0.1", 2181)),
          Optional.empty(),
          java.time.Duration.ofSeconds(1));

  private Tapes() {}

  static Deck deck(SecretResolver secrets) {
    return new Deck(() -> platform(secrets));
  }

  static Deck deck() {
    return deck(reference -> new Secret("unused"));
  }

  static Platform platform(SecretResolver secrets) {
    return new Platform("0.1.0", Map.of("org.horai.recording", "0.1.0"), secrets);
  }

  static Deadline soon() {
    return Deadline.after(java.time.Duration.ofSeconds(10));
  }

  /** Records what a command does. */
  static void record(Deck deck, Path file, String command, Runnable work) {
    try (Tape tape = deck.record(file, PLAN)) {
      run(tape, command, work);
      tape.finish();
    }
  }

  static void run(Tape tape, String command, Runnable work) {
    tape.begins(command);
    work.run();
    tape.ended(command, 0, "done\n");
  }

  static String get(Deck deck, Http wire, URI uri) {
    return deck.http(wire).send(HttpCall.get(uri), soon()).body();
  }

  static String post(Deck deck, Http wire, URI uri, String body) {
    return deck.http(wire).send(HttpCall.json("POST", uri, body), soon()).body();
  }

  static ClusterSpec cluster(Path folder, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("lab.yaml"), text);
    return new ClusterReader(new Origin(folder, "op")).read(file);
  }

  /** All entries of a ZIP file as text. */
  static Map<String, String> entries(Path file) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return entries;
  }

  static Path zip(Path file, Map<String, String> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return file;
  }

  /** A real HTTP server that numbers its answers, and the real client. */
  static final class Web implements AutoCloseable {
    final AtomicInteger asked = new AtomicInteger();
    final OkHttpTransport client = new OkHttpTransport(reference -> new Secret("u:p"));
    private final com.sun.net.httpserver.HttpServer server;

    Web(Function<Integer, String> answers) throws IOException {
      server = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = answers.apply(asked.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
            boolean events = exchange.getRequestURI().getPath().equals("/events");
            exchange
                .getResponseHeaders()
                .add("Content-Type", events ? "text/event-stream" : "application/json");
            exchange.getResponseHeaders().add("Set-Cookie", "session=abcdefgh");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    URI uri(String path) {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
      server.stop(0);
      client.close();
    }
  }

  /** A ZooKeeper of a few nodes. */
  static final class Nodes implements CoordinationStore {
    final Map<String, byte[]> nodes = new java.util.TreeMap<>();

    @Override
    public EnsembleHealth health(ZooKeeperSpec ensemble, Deadline deadline) {
      return new EnsembleHealth(
          List.of(new ServerHealth(ensemble.servers().get(0), "leader", "3.9.5", 7, "")));
    }

    @Override
    public Optional<Node> read(ZooKeeperSpec ensemble, String path, Deadline deadline) {
      return Optional.ofNullable(nodes.get(path)).map(data -> new Node(data, 3, 1234567, 2, true));
    }

    @Override
    public List<String> children(ZooKeeperSpec ensemble, String path, Deadline deadline) {
      return List.of("a", "b");
    }

    @Override
    public void write(ZooKeeperSpec ensemble, String path, byte[] data, Deadline deadline) {
      nodes.put(path, data);
    }

    @Override
    public void deleteTree(
        ZooKeeperSpec ensemble, String path, Set<String> guarded, Deadline deadline) {
      nodes.remove(path);
    }

    @Override
    public List<Candidate> election(ZooKeeperSpec ensemble, String path, Deadline deadline) {
      return List.of(new Candidate("latch-1", "10.0.0.2:8081", 1));
    }

    @Override
    public Lock lock(ZooKeeperSpec ensemble, String path, String holder, Deadline deadline) {
      throw new UnsupportedOperationException("no test takes a lock");
    }

    @Override
    public Watch watch(ZooKeeperSpec ensemble, String path, Runnable changed, Deadline deadline) {
      throw new UnsupportedOperationException("no test watches");
    }
  }
}
