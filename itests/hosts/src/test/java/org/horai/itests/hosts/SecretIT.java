package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.horai.api.host.Command;
import org.horai.api.secret.SecretRef;
import org.horai.core.host.model.StageOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A marked secret goes from the operator's file to one file of each host, and nowhere else. */
@OnRealHosts
class SecretIT {
  private static final String SECRET = Operator.SECRET;
  private static final Pattern OWN_FILE = Pattern.compile("\\.(/.*) f [0-7]+ [0-9]+:[0-9]+ ");

  @TempDir Path folder;

  /** Looks at the arguments of all programs, those on the hosts included, again and again. */
  private static final class Watch implements AutoCloseable {
    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private final Set<String> leaks = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::look);
    private volatile boolean over;

    private Watch() {
      thread.start();
    }

    private void look() {
      while (!over) {
        ProcessHandle.allProcesses()
            .forEach(
                process -> {
                  String words = arguments(process.pid());
                  seen.add(words.substring(0, Math.min(40, words.length())));
                  if (words.contains(SECRET)) {
                    leaks.add(words);
                  }
                });
        // leaves some of the processor to those who are watched
        LockSupport.parkNanos(1_000_000);
      }
    }

    private static String arguments(long pid) {
      try {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
            .replace('\0', ' ');
      } catch (IOException e) {
        return "";
      }
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      thread.join();
    }
  }

  static List<Path> holders(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> holders = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET)) {
          holders.add(file);
        }
      }
      return holders;
    }
  }

  /** Files of a host's own, on its disk or in its memory. */
  private static List<String> holders(RealHost host) throws IOException {
    List<String> holders = new ArrayList<>();
    for (String line : host.tree()) {
      Matcher file = OWN_FILE.matcher(line);
      if (file.matches()
          && Files.readString(host.path(file.group(1)), StandardCharsets.ISO_8859_1)
              .contains(SECRET)) {
        holders.add(file.group(1));
      }
    }
    host.exec("grep", "-rlaF", "-D", "skip", SECRET, "/tmp", "/run")
        .out()
        .lines()
        .forEach(holders::add);
    return holders;
  }

  @Test
  void theSecretIsInOneFileOfEachHostOnly() throws Exception {
    List<String> said = new ArrayList<>();
    try (Hosts hosts = Hosts.up(2);
        Operator operator = new Operator(folder, hosts)) {
      Watch watch = new Watch();
      try (watch) {
        assertThat(operator.run(said::add, "plan")).as(operator.errors()).isZero();
        assertThat(said).anyMatch(line -> line.contains("weave.env"));
        Process killed = operator.start("apply", "8");
        killed.inputReader().lines().filter(line -> line.startsWith("event 8 ")).findFirst();
        killed.destroyForcibly().waitFor();
        assertThat(operator.run(said::add, "resume")).as(operator.errors()).isZero();
        hosts.host(1).sh("echo DRIFT=1 >>/etc/weave/weave.env");
        assertThat(operator.run(said::add, "plan")).isZero();
        assertThat(operator.run(said::add, "apply")).isZero();
        assertThat(said).anyMatch(line -> line.contains("content differs (not shown)"));
      }
      assertThat(watch.leaks).isEmpty();
      assertThat(watch.seen)
          .as("the watch saw the scripts at work")
          .anyMatch(words -> words.startsWith("sh -s"))
          .anyMatch(words -> words.contains("weave"));

      assertThat(said).noneMatch(line -> line.contains(SECRET));
      assertThat(Files.size(folder.resolve("debug.log"))).isPositive();
      assertThat(folder.resolve("saved.plan.json")).isNotEmptyFile();
      assertThat(holders(folder)).containsExactly(folder.resolve("weave-password"));
      for (RealHost host : hosts.all()) {
        assertThat(holders(host)).containsExactly("/etc/weave/weave.env");
        assertThat(host.sh("stat -c '%a %U:%G' /etc/weave/weave.env")).isEqualTo("600 root:root\n");
        assertThat(host.read("/etc/weave/weave.env")).contains("WEAVE_PASSWORD=" + SECRET + "\n");
        assertThat(host.sshLog()).noneMatch(line -> line.contains(SECRET));
      }
    }
  }

  @Test
  void aCommandThatBabblesItsSecretIsMasked() throws Exception {
    Path secret = Files.writeString(folder.resolve("pw"), SECRET);
    Files.setPosixFilePermissions(
        secret, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Command babbling =
        new Command(
            "babbling",
            List.of("sh", "-c", "echo \"it is $PW\"; echo \"$PW\" >&2; test -n \"$PW\" && exit 1"),
            Optional.empty(),
            Optional.empty(),
            Map.of("PW", SecretRef.parse("file:" + secret)),
            Set.of(0),
            java.time.Duration.ofSeconds(5),
            List.of());
    try (Hosts hosts = Hosts.up(1);
        Engine engine = new Engine()) {
      StageOutcome outcome = engine.apply(hosts.host(1).target(), babbling);
      assertThat(outcome.detail()).contains("it is ***").doesNotContain(SECRET);
      assertThat(outcome.toString()).doesNotContain(SECRET);
      assertThat(holders(hosts.host(1))).isEmpty();
    }
  }
}
