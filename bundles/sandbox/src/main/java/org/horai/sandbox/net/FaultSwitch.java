package org.horai.sandbox.net;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The faults of one server. A rule applies to the requests whose path matches its regular
 * expression as a whole, until it is used up or {@link #clear()} is called; the rule added last
 * wins. All methods may be called at any time from any thread.
 */
public final class FaultSwitch {

  /** What goes wrong. */
  public sealed interface Fault {}

  /** The answer comes later. */
  public record Delay(Duration by) implements Fault {}

  /** Another answer comes instead; the handler is not asked. */
  public record Answer(SimReply reply) implements Fault {}

  /** The body is cut in half although Content-Length promised all of it. */
  public record Truncate() implements Fault {}

  /** An HTML page comes with status 200 instead of the answer. */
  public record Garble() implements Fault {}

  private static final int FOR_EVER = Integer.MAX_VALUE;

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private volatile boolean blackHole;

  /** Delays every answer on matching paths. */
  public void delay(String path, Duration by) {
    add("[A-Z]+", path, FOR_EVER, new Delay(by));
  }

  /** Gives this answer on matching paths, whatever the method. */
  public void answer(String path, SimReply reply) {
    add("[A-Z]+", path, FOR_EVER, new Answer(reply));
  }

  /** Gives this answer to what would change something on matching paths; reads go on. */
  public void refuseChanges(String path, SimReply reply) {
    add("PUT|POST|PATCH|DELETE", path, FOR_EVER, new Answer(reply));
  }

  /** Cuts the bodies of matching paths short. */
  public void truncate(String path) {
    add("[A-Z]+", path, FOR_EVER, new Truncate());
  }

  /** Answers HTML on matching paths. */
  public void garble(String path) {
    add("[A-Z]+", path, FOR_EVER, new Garble());
  }

  /**
   * Adds any fault.
   *
   * @param method a regular expression, e.g. {@code PUT|POST}
   * @param path a regular expression for the whole path
   * @param times how many requests meet the fault
   */
  public void add(String method, String path, int times, Fault fault) {
    rules.add(0, new Rule(Pattern.compile(method), Pattern.compile(path), times, fault));
  }

  /** Whether connections are accepted but never answered. */
  public void blackHole(boolean on) {
    blackHole = on;
  }

  /** Ends all faults; requests that wait in a black hole stay lost. */
  public void clear() {
    rules.clear();
    blackHole = false;
  }

  boolean isBlackHole() {
    return blackHole;
  }

  Optional<Fault> faultFor(SimRequest request) {
    for (Rule rule : rules) {
      if (rule.matches(request) && rule.take()) {
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  private static final class Rule {
    private final Pattern method;
    private final Pattern path;
    private final Fault fault;
    private int left;

    Rule(Pattern method, Pattern path, int times, Fault fault) {
      this.method = method;
      this.path = path;
      this.left = times;
      this.fault = fault;
    }

    boolean matches(SimRequest request) {
      return method.matcher(request.method()).matches() && path.matcher(request.path()).matches();
    }

    synchronized boolean take() {
      if (left == 0) {
        return false;
      }
      if (left != FOR_EVER) {
        left--;
      }
      return true;
    }
  }
}
