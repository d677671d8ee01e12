package org.horai.shell.script;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.horai.api.HoraiException;
import org.horai.shell.model.Look;

/** What the commands of one session share: how it looks, who answers, whether it is to end. */
public final class ShellContext {
  private static final String VARIABLE = ".horai";

  private final Settings settings;
  private final Look outLook;
  private final Look errLook;
  private final Asker asker;
  private final Supplier<List<String>> history;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger captures = new AtomicInteger();
  private volatile boolean interrupted;
  private volatile OptionalInt exit = OptionalInt.empty();
  private volatile HoraiException lastFailure;
  private volatile Streams streams;

  private record Streams(PrintStream out, PrintStream err) {}

  /**
   * The global options.
   *
   * @param output format for commands that are not given one
   * @param yes answers every question
   * @param quiet no talk
   * @param cluster cluster for commands that are not given one
   */
  public record Settings(
      Optional<String> output, boolean yes, boolean quiet, Optional<String> cluster) {
    public static final Settings NONE =
        new Settings(Optional.empty(), false, false, Optional.empty());
  }

  public ShellContext(
      Settings settings, Look outLook, Look errLook, Asker asker, Supplier<List<String>> history) {
    this.settings = settings;
    this.outLook = outLook;
    this.errLook = errLook;
    this.asker = asker;
    this.history = history;
  }

  /** Of a session somebody else made: plain text, nobody to ask. */
  private static ShellContext plain() {
    Look look = Look.of(Map.of("LANG", "C.UTF-8"), false, Optional.empty());
    return new ShellContext(Settings.NONE, look, look, Asker.NOBODY, List::of);
  }

  /** The context of a session. */
  public static ShellContext of(CommandSession session) {
    if (session.get(VARIABLE) instanceof ShellContext context) {
      return context;
    }
    ShellContext context = plain();
    context.attach(session);
    return context;
  }

  void streams(PrintStream out, PrintStream err) {
    streams = new Streams(out, err);
  }

  /**
   * Where a command prints: the real stream when nothing was redirected, because the process' own
   * one breaks when it is interrupted while it prints.
   */
  public PrintStream stream(Process process, int stream) {
    Streams real = streams;
    boolean out = stream == 1;
    if (real == null || !process.isTty(stream) || out && captured()) {
      return out ? process.out() : process.err();
    }
    return out ? real.out() : real.err();
  }

  public void attach(CommandSession session) {
    session.put(VARIABLE, this);
  }

  public Settings settings() {
    return settings;
  }

  public Look outLook() {
    return outLook;
  }

  public Look errLook() {
    return errLook;
  }

  public Asker asker() {
    return asker;
  }

  public List<String> history() {
    return history.get();
  }

  /** The failure that a command reported last; used where it must become an exception. */
  public Optional<HoraiException> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  public void failed(HoraiException failure) {
    lastFailure = failure;
  }

  /** A command failed whose result says why, so that no failure before it is told for this one. */
  public void failed() {
    lastFailure = null;
  }

  /** The code the program was asked to end with. */
  public OptionalInt exit() {
    return exit;
  }

  public void exit(int code) {
    exit = OptionalInt.of(code);
  }

  /** True from Ctrl-C until the next line: nothing more of the interrupted line runs. */
  public boolean interrupted() {
    return interrupted;
  }

  public void beginLine() {
    interrupted = false;
  }

  /** Ctrl-C: interrupts the threads that run commands. False if none does. */
  public boolean interrupt() {
    interrupted = true;
    List<Thread> threads = List.copyOf(running);
    threads.forEach(Thread::interrupt);
    return !threads.isEmpty();
  }

  /** From here on a block prints into a pipe or a variable, whatever its own stream says. */
  void beginCapture() {
    captures.incrementAndGet();
  }

  void endCapture() {
    captures.decrementAndGet();
  }

  boolean captured() {
    return captures.get() > 0;
  }

  void enter(Thread thread) {
    running.add(thread);
  }

  void leave(Thread thread) {
    running.remove(thread);
  }
}
