package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.horai.itests.Program.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands are recorded against a sandbox and replayed by another process when it is gone. */
class RecordingProgramIT {
  private static final Pattern ADDRESS = Pattern.compile("\\b(127(?:\\.\\d+){3}):(\\d{2,5})\\b");

  /** Commands and the files their output goes to. */
  private static final List<String> COMMANDS =
      List.of(
          "chronos:plan -o json",
          "chronos:plan",
          "chronos:status",
          "chronos:status -o json",
          "cluster:doctor -o json",
          "net:doctor",
          "chronos:verify",
          "marathon:apps -o json",
          "zk:ls /chronos/state",
          "cluster:hosts",
          "job:list",
          "mesos:frameworks -o json",
          "marathon:why /chronos",
          "job:backup jobs.json",
          // what fails, fails again
          "marathon:app /nosuch",
          "job:run nosuch",
          "chronos:apply");

  @TempDir Path folder;

  @Test
  void everyReplayShowsWhatTheRecordingShowed() throws Exception {
    String script =
        "sandbox:up; chronos:apply --yes > apply.txt; sandbox:fault unexpose masters\n"
            + lines(i -> "--record " + i + ".zip > " + i + ".txt");
    Files.writeString(folder.resolve("record.gogo"), script);

    Ended recorded = horai("run", "record.gogo");

    assertThat(recorded.code()).as(recorded.err()).isZero();
    List<ServerSocket> traps = traps(folder.resolve("4.zip"));
    try {
      Ended program = horai("--replay", "0.zip", "-c", COMMANDS.get(0));
      assertThat(program.err()).contains("nothing else was asked");
      assertThat(program.out()).isEqualTo(shownBy(0));
      Files.writeString(folder.resolve("mine.json"), "mine");
      String last = "job:backup mine.json --replay 13.zip || echo kept";
      Ended replayed =
          horai("-c", lines(i -> "--replay " + i + ".zip > again-" + i + ".txt") + last);
      assertThat(replayed.err()).contains("a replay replaces nothing on this machine");
      assertThat(folder.resolve("mine.json")).hasContent("mine");
      for (int i = 0; i < COMMANDS.size(); i++) {
        assertThat(folder.resolve("again-" + i + ".txt"))
            .as(COMMANDS.get(i) + "\n" + replayed.err())
            .hasSameBinaryContentAs(folder.resolve(i + ".txt"));
      }
      assertThat(failures(replayed)).isEqualTo(failures(recorded)).isGreaterThanOrEqualTo(3);
      assertThat(replayed.err()).contains("there is no app /nosuch", "there is no job \"nosuch\"");
      assertThat(shownBy(0)).contains("\"digest\"", "\"factsTaken\"");
      assertThat(shownBy(6)).contains("not");
      assertThat(traps).hasSizeGreaterThan(10).noneSatisfy(RecordingProgramIT::wasCalled);
    } finally {
      for (ServerSocket trap : traps) {
        trap.close();
      }
    }
  }

  /** All commands, each with something more behind it; what they find does not end the script. */
  private static String lines(IntFunction<String> behind) {
    return IntStream.range(0, COMMANDS.size())
        .mapToObj(i -> COMMANDS.get(i) + " " + behind.apply(i) + " || echo failed\n")
        .collect(Collectors.joining());
  }

  private static long failures(Ended ended) {
    return ended.out().lines().filter("failed"::equals).count();
  }

  private String shownBy(int command) throws IOException {
    return Files.readString(folder.resolve(command + ".txt"));
  }

  @Test
  void aWholeProgramIsRecordedAndItsPartsReplayed() throws Exception {
    Ended recorded =
        horai(
            "--record",
            "all.zip",
            "-c",
            "sandbox:up; chronos:plan; chronos:apply --yes > a.txt; chronos:plan");
    assertThat(recorded.code()).as(recorded.err()).isZero();
    assertThat(recorded.err()).contains("Recorded ");

    Ended parts =
        horai("--replay", "all.zip", "-c", "chronos:plan; chronos:plan; chronos:apply --yes");
    Ended again = horai("--replay", "all.zip");

    assertThat(recorded.out()).endsWith(parts.out());
    assertThat(parts.out()).contains("to add", "No changes");
    assertThat(parts.code()).isEqualTo(4);
    assertThat(parts.err()).contains("REC-005", "a replay does not run a plan on sandbox");
    assertThat(again.err()).contains("a replay does not start a sandbox");
    try (Stream<Path> runs = Files.list(folder.resolve("home/runs"))) {
      assertThat(runs).hasSize(1);
    }
  }

  @Test
  void whatCannotBeRecordedOrReplayedIsSaid() throws Exception {
    Path mine = Files.writeString(folder.resolve("mine.zip"), "mine");

    Ended refused =
        horai(
            "-c",
            "cluster:list --record mine.zip || cluster:list --record no/such/folder.zip"
                + " || cluster:list --replay mine.zip || cluster:list --replay none.zip");
    Ended unasked =
        horai("-c", "cluster:list --record e.zip; chronos:plan --cluster prod --replay e.zip");

    assertThat(refused.err()).contains("REC-001", "REC-002", "mkdir -p", "REC-003", "HOR-003");
    assertThat(Files.readString(mine)).isEqualTo("mine");
    assertThat(unasked.err()).contains("REC-004", "cluster \"prod\" is not in the recording");
    assertThat(List.of(refused.code(), unasked.code())).containsOnly(2);
  }

  /** Listens wherever the cluster was, so that no call goes unnoticed. */
  private static List<ServerSocket> traps(Path recording) throws IOException {
    Set<String> addresses = new LinkedHashSet<>();
    try (ZipFile zip = new ZipFile(recording.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          Matcher found = ADDRESS.matcher(text);
          while (found.find()) {
            addresses.add(found.group());
          }
        }
      }
    }
    List<ServerSocket> traps = new ArrayList<>();
    for (String address : addresses) {
      String[] parts = address.split(":");
      ServerSocket trap = new ServerSocket();
      try {
        InetAddress host = InetAddress.getByName(parts[0]);
        trap.bind(new InetSocketAddress(host, Integer.parseInt(parts[1])));
        traps.add(trap);
      } catch (IOException e) {
        trap.close();
      }
    }
    return traps;
  }

  private static void wasCalled(ServerSocket trap) {
    try {
      trap.setSoTimeout(1);
      trap.accept().close();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nobody called " + trap);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Ended horai(String... words) throws IOException, InterruptedException {
    return new Program(folder).run(words);
  }
}
