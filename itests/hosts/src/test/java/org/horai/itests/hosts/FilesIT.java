package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.horai.api.host.Absent;
import org.horai.api.host.FileContent;
import org.horai.api.host.ResourceState.Status;
import org.horai.core.host.model.StageOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every kind arrive byte for byte, wherever they have to go. */
@OnRealHosts
class FilesIT {
  private static Hosts hosts;
  private static RealHost host;
  private static Engine engine;

  @BeforeAll
  static void up() {
    hosts = Hosts.up(1);
    host = hosts.host(1);
    engine = new Engine();
  }

  @AfterAll
  static void down() {
    engine.close();
    hosts.close();
  }

  private static FileContent file(String path, String text) {
    return new FileContent("f", path, text, "0644", "", Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/with space/and  two",
        "/srv/quotes/it's \"so\"",
        "/srv/dollar/$HOME `id` $(id) ${x}",
        "/srv/backslash/a\\nb\\",
        "/srv/glob/*[a-z]?{b,c}~!#%&;|<>()",
        "/srv/dash/-rf",
        "/srv/tab/a\tb",
        "/srv/utf/\u00e9\u00df\u4e2d\ud83d\ude80",
        "/srv/long/" + "n4567890123456789012345678901234567890123456789",
      })
  void oddNamesGoThroughTheWholeLife(String path) {
    String shell = "'" + path.replace("'", "'\\''") + "'";
    new Cycle(engine, host, file(path, "x\n"))
        .run("r-name-" + Math.abs(path.hashCode()), "cat " + shell, "x\n", "echo y >" + shell);
  }

  static Stream<Arguments> contents() {
    StringBuilder all = new StringBuilder();
    for (char c = 1; c < 0x250; c++) {
      all.append(c);
    }
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("no newline at the end", "a\nb"),
        Arguments.of("newlines only", "\n\n\n"),
        Arguments.of("quotes", "it's \"so\" `id` $(id) ${HOME} $$ \\ \\n 'EOF'\n"),
        Arguments.of("carriage returns", "a\r\nb\r"),
        Arguments.of("every character", all.toString()),
        Arguments.of("other planes", "\u4e2d\u6587 \ud83d\ude80 \u202e \ufeff\n"),
        Arguments.of("a NUL", "a\0b\n"),
        Arguments.of("words of the protocol", "HORAI n E\nH_n\nEOF\nexit 1\n"),
        Arguments.of("a very long line", "x".repeat(300_000) + "\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void contentsArriveByteForByte(String name, String text) throws Exception {
    FileContent file = file("/srv/content", text);
    assertThat(engine.apply(host.target(), "r-content", file).status()).isEqualTo(Status.CHANGED);
    assertThat(Files.readAllBytes(host.path("/srv/content")))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    new Cycle(engine, host, file).again("r-content");
    new Cycle(engine, host, file).checkLeavesNoTrace(Status.OK);
  }

  @Test
  void tenMegabytesArriveAreCheckedAndReplaced() throws Exception {
    String line = "0123456789 \u00e9\u4e2d 'quoted' \"text\" $x\n";
    String text = line.repeat(10 * 1024 * 1024 / line.getBytes(StandardCharsets.UTF_8).length);
    new Cycle(engine, host, file("/srv/big", text))
        .run(
            "r-big",
            "sha256sum </srv/big",
            ResourcesIT.sha256(text.getBytes(StandardCharsets.UTF_8)) + "  -\n",
            "echo more >>/srv/big");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0600", "0644", "0755", "0400", "4755", "1777", "0000"})
  void modesAreSetAndRepaired(String mode) {
    FileContent file = new FileContent("f", "/srv/mode", mode + "\n", mode, "", Map.of());
    new Cycle(engine, host, file)
        .run(
            "r-mode-" + mode,
            "stat -c %a /srv/mode",
            mode.replaceFirst("^0+(?=.)", "") + "\n",
            "chmod 0640 /srv/mode");
  }

  @Test
  void ownersMayBeNumbersAndMustExist() {
    FileContent numbers = new FileContent("f", "/srv/o", "x\n", "0644", "4711:4712", Map.of());
    new Cycle(engine, host, numbers)
        .run("r-owner", "stat -c %u:%g /srv/o", "4711:4712\n", "chown 0:0 /srv/o");
    FileContent nobody = new FileContent("f", "/srv/o", "x\n", "0644", "nosuch:adm", Map.of());
    StageOutcome outcome = engine.apply(host.target(), "r-nosuch", nobody);
    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.detail()).contains("nosuch");
    assertThat(host.sh("ls -A /srv")).doesNotContain("horai");
    assertThat(host.exec("ls", "/srv/o").code()).as("nothing half done").isNotZero();
  }

  @Test
  void anExistingFileKeepsItsOwnerWhenNoneIsWanted() {
    host.write("/srv/owned", "old\n", "600");
    host.sh("chown daemon:adm /srv/owned");
    new Cycle(engine, host, file("/srv/owned", "new\n"))
        .run(
            "r-owned",
            "stat -c %U:%G /srv/owned; cat /srv/owned",
            "daemon:adm\nnew\n",
            "echo other >/srv/owned");
  }

  @Test
  void linksAreFollowedToTheSameContentAndReplacedOtherwise() {
    host.write("/srv/l/target", "same\n", "644");
    host.sh("ln -s target /srv/l/good; ln -s nowhere /srv/l/broken; ln -s target /srv/l/other");
    assertThat(engine.apply(host.target(), "r-l1", file("/srv/l/good", "same\n")).status())
        .isEqualTo(Status.OK);
    for (String name : List.of("broken", "other")) {
      new Cycle(engine, host, file("/srv/l/" + name, "own\n"))
          .run(
              "r-link-" + name,
              "cat /srv/l/" + name + " /srv/l/target; stat -c %F /srv/l/" + name,
              "own\nsame\nregular file\n",
              "ln -sf target /srv/l/" + name);
      assertThat(host.sh("readlink /srv/l/" + name))
          .isEqualTo(name.equals("broken") ? "nowhere\n" : "target\n");
    }
    new Cycle(engine, host, new Absent("a", "/srv/l/good"))
        .run("r-l3", "readlink /srv/l/good; cat /srv/l/target", "same\n", "ln -s x /srv/l/good");
  }

  @Test
  void parentsMayBeLinksToFolders() {
    host.sh("mkdir /srv/real && ln -s real /srv/alias");
    new Cycle(engine, host, file("/srv/alias/sub/f", "x\n"))
        .run("r-alias", "cat /srv/real/sub/f", "x\n", "echo y >/srv/real/sub/f");
    assertThat(host.sh("stat -c %F /srv/alias")).isEqualTo("symbolic link\n");
  }

  @Test
  void whatIsInTheWayIsNamedAndLeftAlone() {
    host.sh("mkdir -p /srv/way/dir && echo keep >/srv/way/file");
    StageOutcome folder = engine.apply(host.target(), "r-w1", file("/srv/way/dir", "x\n"));
    assertThat(folder.summary()).contains("/srv/way/dir is a directory");
    StageOutcome file = engine.apply(host.target(), "r-w2", file("/srv/way/file/below", "x\n"));
    assertThat(file.status()).isEqualTo(Status.FAILED);
    assertThat(file.summary()).contains("cannot make /srv/way/file");
    assertThat(host.read("/srv/way/file")).isEqualTo("keep\n");
  }

  @Test
  void anImmutableOrMountedPlaceFailsWithTheReason() {
    host.sh("mkdir -p /srv/ro && mount -t tmpfs -o ro tmpfs /srv/ro");
    StageOutcome outcome = engine.apply(host.target(), "r-ro", file("/srv/ro/f", "x\n"));
    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.detail()).contains("Read-only file system");
    host.sh("umount /srv/ro");
  }
}
