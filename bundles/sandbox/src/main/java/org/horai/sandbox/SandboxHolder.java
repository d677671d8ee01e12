package org.horai.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.recording.Tap;
import org.horai.api.time.Deadline;
import org.horai.sandbox.cluster.Sandbox;
import org.horai.sandbox.cluster.SandboxOptions;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Holds the one sandbox of this shell; ends it with the bundle. */
@Component(service = SandboxHolder.class, immediate = true)
public final class SandboxHolder {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Tap tap;

  private final Listing listing = new Listing();
  private Path folder;
  private Sandbox sandbox;

  @Activate
  void activate(BundleContext context) {
    String state = context.getProperty("horai.state");
    folder = Path.of(state == null ? System.getProperty("java.io.tmpdir") : state, "sandbox");
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bind(ClusterRegistry clusters) {
    listing.enter(clusters);
  }

  void unbind(ClusterRegistry clusters) {
    listing.leave(clusters);
  }

  /**
   * Starts one and selects it as the cluster.
   *
   * @throws HoraiException REFUSED when one is up, FAILED when it cannot start
   */
  public synchronized Sandbox up(
      SandboxOptions options, Consumer<Sandbox.Part> progress, Deadline deadline) {
    if (sandbox != null) {
      throw new HoraiException(
          CommonErrors.REFUSED, "a sandbox is up already", "sandbox:down ends it");
    }
    Tap.of(tap).change("start a sandbox");
    listing.require();
    try {
      sandbox = Sandbox.start(options, folder, progress, deadline);
      listing.show(sandbox.cluster());
      return sandbox;
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.FAILED,
          "the sandbox does not start",
          String.valueOf(e.getMessage()),
          "free the port or the disk and try again",
          e);
    }
  }

  public synchronized Optional<Sandbox> current() {
    return Optional.ofNullable(sandbox);
  }

  /**
   * The running sandbox.
   *
   * @throws HoraiException NOT_FOUND when none is up
   */
  public Sandbox require() {
    return current()
        .orElseThrow(
            () -> new HoraiException(CommonErrors.NOT_FOUND, "no sandbox is up", "sandbox:up"));
  }

  /** Ends it; true if there was one. */
  public synchronized boolean down() {
    if (sandbox == null) {
      return false;
    }
    listing.hide();
    sandbox.close();
    sandbox = null;
    return true;
  }

  @Deactivate
  void deactivate() {
    down();
  }
}
