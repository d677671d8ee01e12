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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands are recorded against a sandbox and replayed by another process when it is gone. */
class RecordingProgramIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("horai.distribution"));
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
          "job:list");

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void everyReplayShowsWhatTheRecordingShowed() throws Exception {
    StringBuilder script = new StringBuilder("sandbox:up; chronos:apply --yes > apply.txt\n");
    script.append("sandbox:fault unexpose masters\n");
    for (int i = 0; i < COMMANDS.size(); i++) {
      script.append(COMMANDS.get(i) + " --record " + i + ".zip > " + i + ".txt || echo failed\n");
    }
    Files.writeString(folder.resolve("record.gogo"), script);

    Ended recorded = horai("run", "record.gogo");

    assertThat(recorded.code()).as(recorded.err()).isZero();
    List<ServerSocket> traps = traps(folder.resolve("4.zip"));
    try {
      for (int i = 0; i < COMMANDS.size(); i++) {
        String shown = Files.readString(folder.resolve(i + ".txt"));
        Ended replayed = horai("--replay", i + ".zip", "-c", COMMANDS.get(i));
        assertThat(replayed.out()).as(COMMANDS.get(i) + "\n" + replayed.err()).isEqualTo(shown);
        assertThat(replayed.err()).contains("nothing else was asked");
      }
      assertThat(shownBy(0)).contains("\"digest\"", "\"factsTaken\"");
      assertThat(shownBy(6)).contains("not");
      assertThat(traps).hasSizeGreaterThan(10).noneSatisfy(RecordingProgramIT::wasCalled);
    } finally {
      for (ServerSocket trap : traps) {
        trap.close();
      }
    }
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

    Ended plans = horai("--replay", "all.zip", "-c", "chronos:plan; chronos:plan");
    Ended apply = horai("--replay", "all.zip", "-c", "chronos:apply --yes");
    Ended again = horai("--replay", "all.zip");

    assertThat(recorded.out()).endsWith(plans.out());
    assertThat(plans.out()).contains("to add", "No changes");
    assertThat(apply.code()).isEqualTo(4);
    assertThat(apply.err()).contains("REC-005", "a replay does not run a plan on sandbox");
    assertThat(again.err()).contains("a replay does not start a sandbox");
    assertThat(folder.resolve("home/runs")).isDirectoryNotContaining("glob:**replay**");
  }

  @Test
  void whatCannotBeRecordedOrReplayedIsSaid() throws Exception {
    Path mine = Files.writeString(folder.resolve("mine.zip"), "mine");

    Ended exists = horai("-c", "cluster:list --record mine.zip");
    Ended missing = horai("-c", "cluster:list --record no/such/folder.zip");
    Ended foreign = horai("--replay", "mine.zip", "-c", "cluster:list");
    Ended none = horai("--replay", "none.zip");
    Ended empty = horai("--record", "e.zip", "-c", "cluster:list");
    Ended unasked = horai("--replay", "e.zip", "-c", "chronos:plan --cluster prod");

    assertThat(exists.err()).contains("REC-001");
    assertThat(Files.readString(mine)).isEqualTo("mine");
    assertThat(missing.err()).contains("REC-002", "mkdir -p");
    assertThat(foreign.err()).contains("REC-003");
    assertThat(none.err()).contains("HOR-003");
    assertThat(empty.code()).isZero();
    assertThat(unasked.err()).contains("REC-004", "cluster \"prod\" is not in the recording");
    assertThat(List.of(exists, missing, foreign, none, unasked))
        .allSatisfy(ended -> assertThat(ended.code()).isEqualTo(2));
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
    List<String> command = new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/horai").toString()));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("HORAI_HOME", folder.resolve("home").toString());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }
}
