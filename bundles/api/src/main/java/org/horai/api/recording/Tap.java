package org.horai.api.recording;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.host.HostInspector;
import org.horai.api.host.ResourceState;
import org.horai.api.http.Http;
import org.horai.api.secret.SecretResolver;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where everything that comes from outside passes by. A component that owns a wire asks the tap for
 * the wire to use at each call: its own one when nothing is recorded, one that keeps every answer
 * during a recording, one that answers from the archive and never touches the own one during a
 * replay. Thread-safe; costs nothing when nothing is recorded.
 */
@ProviderType
public interface Tap {
  /** Of a platform that cannot record. */
  Tap NONE = new Tap() {};

  /** The tap of a dynamic reference, which may be null. */
  static Tap of(Tap present) {
    return present == null ? NONE : present;
  }

  /** True during a replay: whatever is kept on this machine is not to be read or written. */
  default boolean playing() {
    return false;
  }

  default Http http(Http wire) {
    return wire;
  }

  default HostInspector hosts(HostInspector wire) {
    return wire;
  }

  default CoordinationStore store(CoordinationStore wire) {
    return wire;
  }

  default ClusterRegistry clusters(ClusterRegistry wire) {
    return wire;
  }

  /** During a replay every secret is {@code ***}. */
  default SecretResolver secrets(SecretResolver wire) {
    return wire;
  }

  /**
   * Something this machine tells: a time, an address that answers.
   *
   * @param what names the reading; those of one name keep their order
   */
  default String reading(String what, Supplier<String> live) {
    return live.get();
  }

  /** The time, for whatever shows in a result. */
  default Instant now(String what) {
    return Instant.parse(reading(what, () -> Instant.now().toString()));
  }

  /** A measured duration that shows in a result. */
  default long millis(String what, long measured) {
    return Long.parseLong(reading(what, () -> Long.toString(measured)));
  }

  /**
   * Called before anything is changed that a replay cannot stand in for.
   *
   * @param what the change in words: "run a plan on prod"
   * @throws org.horai.api.HoraiException during a replay
   */
  default void change(String what) {}

  /** Tells what came of applying a stage to a host, for those who read the recording. */
  default void applied(String host, String stage, Map<String, ResourceState> states) {}
}
