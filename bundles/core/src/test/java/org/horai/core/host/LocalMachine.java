package org.horai.core.host;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.horai.core.host.model.HostScript;
import org.horai.core.host.model.ScriptRecord;

/** A folder that plays a host: real shells run scripts in it, small stand-ins play its services. */
public final class LocalMachine {
  /** With several units as the real one: is-active has a line for each, is-enabled stops. */
  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      S=$HORAI_ROOT/state
      mkdir -p "$S"
      echo "$*" >>"$S/calls"
      verb=$1 code=0
      shift
      for unit; do
        case $verb in
          is-active) if [ -f "$S/$unit.active" ]; then echo active; else echo inactive; code=3; fi ;;
          is-enabled) if [ -f "$S/$unit.enabled" ]; then echo enabled
            elif [ ! -f "$S/$unit.bad" ] && [ -f "$HORAI_ROOT"/[el]*/systemd/system/"$unit.service" ]
            then echo disabled; code=1
            else echo "Failed to get unit file state for $unit" >&2; exit 1; fi ;;
          start|restart) [ ! -f "$S/$unit.broken" ] || { echo "Job for $unit failed" >&2; exit 1; }
            [ -f "$S/$unit.dies" ] || touch "$S/$unit.active" ;;
          stop) rm -f "$S/$unit.active" ;;
          enable) touch "$S/$unit.enabled" ;;
          disable) rm -f "$S/$unit.enabled" ;;
        esac
      done
      exit $code
      """;

  private static final String SERVICE =
      """
      #!/bin/sh
      echo "$*" >>"$HORAI_ROOT/state/calls"
      PATH=$PATH; exec sh "$HORAI_ROOT/etc/init.d/$1" "$2"
      """;
  private static final String UPDATE_RC =
      """
      #!/bin/sh
      mkdir -p "$HORAI_ROOT/etc/rc2.d"
      case $2 in
        defaults|enable) touch "$HORAI_ROOT/etc/rc2.d/S95$1" ;;
        disable) rm -f "$HORAI_ROOT/etc/rc2.d/S95$1" ;;
      esac
      """;
  private static final String INITCTL =
      """
      #!/bin/sh
      S=$HORAI_ROOT/state
      case $1 in
        version) echo "init (upstart 1.12.1)" ;;
        status) if [ -f "$S/$2.active" ]; then echo "$2 start/running"; else echo "$2 stop/waiting"; fi ;;
        start|restart) touch "$S/$2.active" ;;
        stop) rm -f "$S/$2.active" ;;
      esac
      """;
  private static final String DPKG_QUERY =
      """
      #!/bin/sh
      [ -f "$HORAI_ROOT/state/$3.installed" ] || exit 1
      printf 'install ok installed'
      """;
  private static final String APT_GET =
      """
      #!/bin/sh
      for last in "$@"; do :; done
      [ "$last" = update ] || [ "$last" != nowhere ] || { echo "E: Unable to locate package $last"; exit 100; }
      touch "$HORAI_ROOT/state/$last.installed"
      """;

  private final Path root;
  private final Path bin;

  public LocalMachine(Path folder) {
    try {
      root = Files.createDirectories(folder.resolve("root"));
      bin = Files.createDirectories(folder.resolve("bin"));
      Files.createDirectories(root.resolve("state"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    program("systemctl", SYSTEMCTL);
    program("dpkg-query", DPKG_QUERY);
    program("apt-get", APT_GET);
    directory("/run/systemd/system");
  }

  public LocalMachine withSysV() {
    delete("/run/systemd/system");
    directory("/etc/init.d");
    program("service", SERVICE);
    program("update-rc.d", UPDATE_RC);
    return this;
  }

  public LocalMachine withUpstart() {
    delete("/run/systemd/system");
    directory("/etc/init");
    program("initctl", INITCTL);
    return this;
  }

  public Path root() {
    return root;
  }

  public Path at(String path) {
    return root.resolve(path.substring(1));
  }

  public void program(String name, String text) {
    try {
      Path file = Files.writeString(bin.resolve(name), text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void directory(String path) {
    try {
      Files.createDirectories(at(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(String path, String text) {
    try {
      Files.createDirectories(at(path).getParent());
      Files.writeString(at(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String read(String path) {
    try {
      return Files.readString(at(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean exists(String path) {
    return Files.exists(at(path), java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }

  public void delete(String path) {
    try {
      Files.deleteIfExists(at(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String mode(String path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(at(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file with its content, kind and mode, but for the calls counted by stand-ins. */
  public Map<String, String> tree() {
    try (Stream<Path> paths = Files.walk(root)) {
      Map<String, String> tree = new TreeMap<>();
      for (Path path : paths.filter(p -> !p.endsWith("calls")).toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        String content =
            Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
        String time = Files.getLastModifiedTime(path).toString();
        tree.put(path.toString(), mode + (Files.isRegularFile(path) ? time : "") + content);
      }
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Feeds a script to a shell; returns the exit code, lines go to the consumer. */
  public int run(List<String> shell, String script, Consumer<String> lines, StringBuilder errors)
      throws InterruptedException {
    Process process = start(shell, errors);
    try (OutputStream in = process.getOutputStream()) {
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(() -> process.inputReader().lines().forEach(lines));
      in.write(script.getBytes(StandardCharsets.UTF_8));
      in.close();
      int exit = process.waitFor();
      reader.join();
      errors.append(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
      return exit;
    } catch (IOException e) {
      errors.append(e);
      return 255;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start(List<String> shell, StringBuilder errors) {
    List<String> command = new ArrayList<>(shell);
    command.add("-s");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HORAI_ROOT", root.toString());
    builder.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
    builder.environment().put("TMPDIR", bin.getParent().toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a script said: its records in order. */
  public Answer run(List<String> shell, HostScript script) {
    List<ScriptRecord> records = new ArrayList<>();
    StringBuilder errors = new StringBuilder();
    try {
      int exit =
          run(
              shell,
              script.text(),
              line -> ScriptRecord.read(script.nonce(), line).ifPresent(records::add),
              errors);
      return new Answer(exit, records, errors.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * What scripts said in one shell that stands, as a host's connection feeds it.
   *
   * @param between the shell does this before each but the first
   */
  public List<Answer> run(List<String> shell, String between, HostScript... scripts) {
    StringBuilder text = new StringBuilder("HORAI_STANDS=1\n" + scripts[0].script().library());
    List<String> bodies = Stream.of(scripts).map(script -> script.script().body()).toList();
    text.append("(\n" + String.join("\n) </dev/null\n" + between + "\n(\n", bodies));
    List<String> lines = new ArrayList<>();
    StringBuilder errors = new StringBuilder();
    try {
      int exit = run(shell, text + "\n) </dev/null\n", lines::add, errors);
      return Stream.of(scripts)
          .map(
              script ->
                  lines.stream()
                      .flatMap(line -> ScriptRecord.read(script.nonce(), line).stream())
                      .toList())
          .map(records -> new Answer(exit, records, errors.toString()))
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The records of a script. */
  public record Answer(int exitCode, List<ScriptRecord> records, String errors) {
    public List<org.horai.api.host.ResourceState> states() {
      return records.stream()
          .filter(ScriptRecord.Ended.class::isInstance)
          .map(r -> ((ScriptRecord.Ended) r).state())
          .toList();
    }

    /** The statuses as words: "ok changed failed". */
    public String summary() {
      return String.join(" ", states().stream().map(s -> s.status().name().toLowerCase()).toList());
    }

    public String detail(int index) {
      return states().get(index).detail();
    }

    public org.horai.api.host.ProbeOutput probe(int index) {
      return records.stream()
          .filter(r -> r instanceof ScriptRecord.Probed p && p.index() == index)
          .map(r -> ((ScriptRecord.Probed) r).output())
          .findFirst()
          .orElseThrow();
    }

    public boolean finished() {
      return records.stream().anyMatch(ScriptRecord.Finished.class::isInstance);
    }
  }
}
