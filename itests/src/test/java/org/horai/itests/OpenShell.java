package org.horai.itests;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * A session of the shell that stays open while bundles come and go. It knows Gogo alone, so that
 * nothing but what the product itself keeps in a session can hold a bundle.
 */
final class OpenShell implements AutoCloseable {
  private final BundleContext context;
  private final ServiceReference<CommandProcessor> reference;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CommandSession session;

  /**
   * What a line came to.
   *
   * @param failed whether a command of it reported a failure
   * @param out what it printed as data
   * @param err what it said to the operator
   */
  record Answer(boolean failed, String out, String err) {
    /** Everything it printed. */
    String all() {
      return out + err;
    }
  }

  OpenShell(BundleContext context) {
    this.context = context;
    this.reference = context.getServiceReference(CommandProcessor.class);
    this.session =
        context
            .getService(reference)
            .createSession(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  /** Runs a line; a failure of a command is part of the answer. */
  synchronized Answer say(String line) {
    out.reset();
    err.reset();
    session.put("exception", null);
    String thrown = "";
    try {
      session.execute(line);
    } catch (Exception e) {
      thrown = e.toString();
    }
    boolean failed = !thrown.isEmpty() || session.get("exception") != null;
    return new Answer(
        failed,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8) + thrown);
  }

  /** Runs a line that must not fail; what it printed as data. */
  String mustSay(String line) {
    Answer answer = say(line);
    if (answer.failed()) {
      throw new AssertionError(line + " failed:\n" + answer.all());
    }
    return answer.out();
  }

  /** What has been said to the operator so far by the line that runs. */
  String saidSoFar() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** A sandbox with a deployed Chronos; what stands already is used. */
  OpenShell withChronos() {
    if (!say("cluster:list").out().contains("sandbox") || say("sandbox:status").failed()) {
      mustSay("sandbox:up");
    }
    mustSay("chronos:apply --yes");
    return this;
  }

  @Override
  public void close() {
    session.close();
    context.ungetService(reference);
  }
}
