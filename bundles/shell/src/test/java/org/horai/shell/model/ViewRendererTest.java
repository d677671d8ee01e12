package org.horai.shell.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.command.View;
import org.horai.api.command.View.Column;
import org.horai.api.command.View.Found;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Pairs;
import org.horai.api.command.View.Style;
import org.horai.api.command.View.Table;
import org.horai.api.health.Finding;
import org.junit.jupiter.api.Test;

class ViewRendererTest {
  private static final Look UTF8 = Look.plain(true).withWidth(80);
  private static final Look ASCII = Look.plain(false).withWidth(80);

  private final ViewRenderer renderer = new ViewRenderer();

  private static Map<String, Object> row(String name, int tasks, Object note) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("tasks", tasks);
    row.put("note", note);
    row.put("uri", "http://" + name + "/");
    return row;
  }

  private static View listing() {
    return View.listing(
        new Table(
            List.of(
                Column.of("name", "name"),
                Column.number("tasks", "TASKS"),
                Column.of("note", "NOTE"),
                Column.wide("uri", "URI")),
            List.of(row("agent-1", 3, "caf\u00e9 \u2192 ok"), row("agent-10", 12, null)),
            "No agents. sandbox:up makes some."));
  }

  @Test
  void tableHasUpperCaseTitlesTwoSpacesAndNumbersRight() {
    assertThat(renderer.render(listing(), "table", UTF8))
        .isEqualTo(
            """
            NAME      TASKS  NOTE
            agent-1       3  caf\u00e9 \u2192 ok
            agent-10     12  -
            """);
  }

  @Test
  void wideShowsAllColumns() {
    assertThat(renderer.render(listing(), "wide", UTF8))
        .isEqualTo(
            """
            NAME      TASKS  NOTE       URI
            agent-1       3  caf\u00e9 \u2192 ok  http://agent-1/
            agent-10     12  -          http://agent-10/
            """);
  }

  @Test
  void namesAreOneToALine() {
    assertThat(renderer.render(listing(), "name", UTF8)).isEqualTo("agent-1\nagent-10\n");
    assertThat(renderer.render(View.of(Map.of("steps", List.of())), "name", UTF8))
        .as("an empty plan, or a change that has been made")
        .isEmpty();
  }

  @Test
  void jsonIsOneDocumentInTheGivenOrder() {
    assertThat(renderer.render(listing(), "json", UTF8))
        .isEqualTo(
            """
            [ {
              "name" : "agent-1",
              "tasks" : 3,
              "note" : "caf\u00e9 \u2192 ok",
              "uri" : "http://agent-1/"
            }, {
              "name" : "agent-10",
              "tasks" : 12,
              "note" : null,
              "uri" : "http://agent-10/"
            } ]
            """);
    assertThat(renderer.render(listing(), "json", ASCII)).contains("caf\\u00E9 \\u2192 ok");
  }

  @Test
  void yamlIsOneDocumentInTheGivenOrder() {
    assertThat(renderer.render(listing(), "yaml", UTF8))
        .isEqualTo(
            """
            - name: agent-1
              tasks: 3
              note: caf\u00e9 \u2192 ok
              uri: http://agent-1/
            - name: agent-10
              tasks: 12
              note: null
              uri: http://agent-10/
            """);
  }

  @Test
  void markThatFillsTheLineHasItsTimeBelow() {
    Look narrow = new Look(30, true, false, true);
    View view = View.of(Map.of(), new Mark(Style.GOOD, "one  two  three four five six", "12 s"));

    assertThat(ViewText.of(view, false, narrow))
        .isEqualTo(" \u2713 one  two  three four five\n   six  12 s\n");
    View full = View.of(Map.of(), new Mark(Style.GOOD, "one  two  three four five", "12 s"));
    assertThat(ViewText.of(full, false, narrow))
        .isEqualTo(" \u2713 one  two  three four five\n     12 s\n");
  }

  @Test
  void failureGoesOnBelowItselfOnATerminalAndIsLeftWholeElsewhere() {
    HoraiException failure =
        new HoraiException(
            org.horai.api.CommonErrors.NOT_FOUND,
            "there is no such thing here",
            "because",
            "t:list");

    assertThat(FailureText.of(failure, new Look(32, true, false, true)))
        .isEqualTo(
            "HOR-003  there is no such thing\n         here\n  why:  because\n  next: t:list");
    assertThat(FailureText.of(failure, UTF8)).isEqualTo(failure.toString());
  }

  @Test
  void emptyListingIsOneSentence() {
    View empty =
        View.listing(
            new Table(
                List.of(Column.of("name", "NAME")), List.of(), "No jobs. job:put makes one."));

    assertThat(renderer.render(empty, "table", UTF8)).isEqualTo("No jobs. job:put makes one.\n");
    assertThat(renderer.render(empty, "json", UTF8)).isEqualTo("[ ]\n");
    assertThat(renderer.render(empty, "name", UTF8)).isEmpty();
  }

  @Test
  void jsonLinesAreOneObjectALine() {
    assertThat(renderer.render(listing(), "jsonl", ASCII).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"name\":\"agent-1") && line.endsWith("}"));
    assertThat(renderer.render(View.of(Map.of("a", List.of(1, 2))), "jsonl", UTF8))
        .isEqualTo("{\"a\":[1,2]}\n");
    assertThat(renderer.render(View.shown(), "json", UTF8)).isEmpty();
  }

  @Test
  void lastColumnGoesBelowItsRowsWhereItHasNoRoomBesideThem() {
    View view =
        View.listing(
            new Table(
                List.of(Column.of("id", "ID"), Column.of("kind", "KIND"), Column.of("why", "WHY")),
                List.of(
                    Map.of(
                        "id",
                        "20261123-080000-1",
                        "kind",
                        "live",
                        "why",
                        "it is stored and active"),
                    Map.of("id", "20261123-080000-2", "kind", "stranger", "why", "")),
                ""));

    assertThat(renderer.render(view, "table", Look.plain(true).withWidth(40)))
        .isEqualTo(
            """
            ID                 KIND
            20261123-080000-1  live
              why: it is stored and active
            20261123-080000-2  stranger
            """);
    assertThat(renderer.render(view, "table", Look.plain(true).withWidth(50)))
        .startsWith("ID                 KIND      WHY\n");
  }

  @Test
  void longMarksGoOnBelowThemselves() {
    View view =
        View.of(
            Map.of(),
            new Mark(Style.GOOD, "one leader", "0.1 s"),
            new Mark(Style.GOOD, "the framework id in ZooKeeper is the one in Mesos", "1.2 s"));

    assertThat(renderer.render(view, "table", Look.plain(true).withWidth(40)))
        .isEqualTo(
            """
             \u2713 one leader                      0.1 s
             \u2713 the framework id in ZooKeeper is the
               one in Mesos  1.2 s
            """);
  }

  @Test
  void longCellsWrapAtSpacesAndIdentifiersAreNeverCut() {
    String id = "20261123-080000-1234567-5050-1-0000-framework";
    View view =
        View.listing(
            new Table(
                List.of(Column.of("id", "ID"), Column.of("text", "TEXT")),
                List.of(
                    Map.of(
                        "id",
                        id,
                        "text",
                        "the framework has been removed and cannot come back again")),
                ""));

    assertThat(renderer.render(view, "table", Look.plain(true).withWidth(70)))
        .isEqualTo(
            """
            ID                                             TEXT
            20261123-080000-1234567-5050-1-0000-framework  the framework has been
                                                           removed and cannot come
                                                           back again
            """);
  }

  private static View doctor() {
    return View.of(
        Map.of(),
        new Line("Doctor of prod", Style.STRONG),
        new Mark(Style.GOOD, "ssh", "1.1 s"),
        new Mark(Style.BAD, "zookeeper quorum", "0.2 s"),
        new Found(Finding.ok("NET-100", "clock", "max skew 38 ms")),
        new Found(
            Finding.warning(
                "NET-112",
                "docker",
                "agent-5 runs 18.09, others 24.0",
                "mixed engine versions are untested with this provider",
                "help NET-112")),
        new Pairs(Map.of("leader", "10.32.1.7:8081 \u00b7 agreed")));
  }

  @Test
  void blocksAlignWithTheirNeighbours() {
    assertThat(renderer.render(doctor(), "table", UTF8))
        .isEqualTo(
            """
            Doctor of prod
             \u2713 ssh               1.1 s
             \u2717 zookeeper quorum  0.2 s
             \u2713 clock   max skew 38 ms
             ! docker  agent-5 runs 18.09, others 24.0  NET-112
                       why:  mixed engine versions are untested with this provider
                       next: help NET-112
            leader  10.32.1.7:8081 \u00b7 agreed
            """);
  }

  @Test
  void marksHaveAsciiTwins() {
    assertThat(renderer.render(doctor(), "table", ASCII))
        .isEqualTo(
            """
            Doctor of prod
             ok   ssh               1.1 s
             FAIL zookeeper quorum  0.2 s
             ok   clock   max skew 38 ms
             warn docker  agent-5 runs 18.09, others 24.0  NET-112
                          why:  mixed engine versions are untested with this provider
                          next: help NET-112
            leader  10.32.1.7:8081 - agreed
            """);
  }

  @Test
  void coloursAreAddedOnlyWhereAllowed() {
    Look coloured = Look.of(Map.of("LANG", "en_US.UTF-8"), true, Optional.of(80));

    assertThat(renderer.render(doctor(), "table", coloured))
        .contains("\u001b[1mDoctor of prod\u001b[0m", " \u001b[32m\u2713\u001b[0m ssh");
    assertThat(renderer.render(doctor(), "table", UTF8)).doesNotContain("\u001b");
  }

  @Test
  void environmentDecidesHowItLooks() {
    assertThat(look(Map.of("LANG", "C.UTF-8"), true)).isEqualTo(new Look(120, true, true, true));
    assertThat(look(Map.of("LANG", "C.UTF-8"), false)).isEqualTo(new Look(100, true, false, false));
    assertThat(look(Map.of("LANG", "C"), true).unicode()).isFalse();
    assertThat(look(Map.of("LC_ALL", "C", "LANG", "C.UTF-8"), true).unicode()).isFalse();
    assertThat(look(Map.of("NO_COLOR", "1"), true).colour()).isFalse();
    assertThat(look(Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1"), true).colour()).isFalse();
    assertThat(look(Map.of("CLICOLOR_FORCE", "1"), false).colour()).isTrue();
    assertThat(look(Map.of("TERM", "dumb", "LANG", "C.UTF-8"), true))
        .isEqualTo(new Look(120, false, false, false));
    assertThat(Look.of(Map.of("COLUMNS", "80"), true, Optional.empty()).width()).isEqualTo(80);
  }

  private static Look look(Map<String, String> environment, boolean terminal) {
    return Look.of(environment, terminal, Optional.of(120));
  }

  @Test
  void resultGivesValuesByPath() {
    CommandResult result =
        new CommandResult(
            View.of(Map.of("leader", Map.of("address", "a:1"), "hosts", List.of("h1", "h2"))),
            "text\n",
            false);

    assertThat(result.get("leader.address")).isEqualTo("a:1");
    assertThat(result.get("hosts.1")).isEqualTo("h2");
    assertThat(result.get("hosts.7")).isNull();
    assertThat(result.get("no.such")).isNull();
    assertThat(result).hasToString("text");
  }

  @Test
  void durationsAreReadAndWritten() {
    assertThat(org.horai.api.time.Durations.parse("90s"))
        .contains(java.time.Duration.ofSeconds(90));
    assertThat(org.horai.api.time.Durations.parse("10m"))
        .contains(java.time.Duration.ofMinutes(10));
    assertThat(org.horai.api.time.Durations.parse("10")).isEmpty();
    assertThat(Durations.text(1234)).isEqualTo("1.2 s");
    assertThat(Durations.text(20_600)).isEqualTo("21 s");
    assertThat(Durations.text(180_000)).isEqualTo("3 min");
  }
}
