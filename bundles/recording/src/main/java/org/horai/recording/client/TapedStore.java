package org.horai.recording.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.time.Deadline;
import org.horai.recording.model.ApiJson;
import org.horai.recording.model.Exchanges;
import org.horai.recording.model.Form;
import org.horai.recording.model.Question;

/** ZooKeeper with a tape: told apart by what is done, the ensemble and the path. */
public final class TapedStore implements CoordinationStore {
  private static final Form<Optional<Node>> NODE =
      new Form<>(node -> node.map(TapedStore::written).orElse(null), TapedStore::read);

  private final CoordinationStore wire;
  private final Exchanges tape;
  private final ApiJson json;

  public TapedStore(CoordinationStore wire, Exchanges tape, ApiJson json) {
    this.wire = wire;
    this.tape = tape;
    this.json = json;
  }

  @Override
  public EnsembleHealth health(ZooKeeperSpec ensemble, Deadline deadline) {
    return tape.one(
        Question.of("zk", "", Map.of("operation", "health", "ensemble", ensemble.connectString())),
        json.form(new TypeReference<EnsembleHealth>() {}),
        () -> wire.health(ensemble, deadline));
  }

  @Override
  public Optional<Node> read(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return tape.one(
        question("read", ensemble, path), NODE, () -> wire.read(ensemble, path, deadline));
  }

  @Override
  public List<String> children(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return tape.one(
        question("children", ensemble, path),
        json.form(new TypeReference<List<String>>() {}),
        () -> wire.children(ensemble, path, deadline));
  }

  @Override
  public List<Candidate> election(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return tape.one(
        question("election", ensemble, path),
        json.form(new TypeReference<List<Candidate>>() {}),
        () -> wire.election(ensemble, path, deadline));
  }

  @Override
  public void write(ZooKeeperSpec ensemble, String path, byte[] data, Deadline deadline) {
    tape.one(
        question("write", ensemble, path),
        Form.DONE,
        () -> {
          wire.write(ensemble, path, data, deadline);
          return true;
        });
  }

  @Override
  public void deleteTree(
      ZooKeeperSpec ensemble, String path, Set<String> guarded, Deadline deadline) {
    tape.one(
        question("delete", ensemble, path),
        Form.DONE,
        () -> {
          wire.deleteTree(ensemble, path, guarded, deadline);
          return true;
        });
  }

  /** Not kept: nobody but its holder cares. */
  @Override
  public Lock lock(ZooKeeperSpec ensemble, String path, String holder, Deadline deadline) {
    tape.change("take the lock " + path);
    return wire.lock(ensemble, path, holder, deadline);
  }

  /** Not kept: what is read after a change is. In a replay nothing ever changes. */
  @Override
  public Watch watch(ZooKeeperSpec ensemble, String path, Runnable changed, Deadline deadline) {
    return tape.playing() ? () -> {} : wire.watch(ensemble, path, changed, deadline);
  }

  private static Question question(String operation, ZooKeeperSpec ensemble, String path) {
    return Question.of(
        "zk",
        "",
        Map.of("operation", operation, "ensemble", ensemble.connectString(), "path", path));
  }

  /** Data that are text are kept as text, others as bytes (base64 in the archive). */
  private static Map<String, Object> written(Node node) {
    Map<String, Object> written = new LinkedHashMap<>();
    Optional<String> text = text(node.data());
    written.put("encoding", text.isPresent() ? "text" : "base64");
    written.put("data", text.isPresent() ? text.get() : node.data());
    written.put("version", node.version());
    written.put("modifiedMillis", node.modifiedMillis());
    written.put("children", node.children());
    written.put("ephemeral", node.ephemeral());
    return written;
  }

  private static Optional<String> text(byte[] data) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
      boolean plain = text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\t');
      return plain ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Node> read(Object data) {
    if (!(data instanceof Map<?, ?> node)) {
      return Optional.empty();
    }
    String written = String.valueOf(node.get("data"));
    byte[] bytes =
        "text".equals(node.get("encoding"))
            ? written.getBytes(StandardCharsets.UTF_8)
            : Base64.getDecoder().decode(written);
    return Optional.of(
        new Node(
            bytes,
            ((Number) node.get("version")).intValue(),
            ((Number) node.get("modifiedMillis")).longValue(),
            ((Number) node.get("children")).intValue(),
            (Boolean) node.get("ephemeral")));
  }
}
