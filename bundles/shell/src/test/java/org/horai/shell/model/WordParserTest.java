package org.horai.shell.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordParserTest {
  private static final CommandSpec SPEC =
      new CommandSpec(
          "chronos",
          "plan",
          "show what would change",
          "",
          List.of(
              new Argument("cluster", "the cluster", true, false, "cluster"),
              new Argument("host", "hosts", false, true, "host")),
          List.of(
              Option.value("instances", "N", "how many", "3"),
              new Option(
                  "overlay",
                  "w",
                  Optional.of("NAME"),
                  "the network",
                  "weave",
                  List.of("weave", "static"),
                  ""),
              Option.value("tag", "TAG,...", "which ones", ""),
              Option.value("limit", "DURATION", "how long", "10m"),
              Option.flag("dry-run", "only say it")),
          List.of());

  private static ParsedWords parse(String line) {
    return WordParser.parse(SPEC, line.isEmpty() ? List.of() : Arrays.asList(line.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "prod --instances 5, instances, 5",
    "prod --instances=5, instances, 5",
    "--instances 5 prod, instances, 5",
    "prod -w static, overlay, static",
    "prod -w=static, overlay, static",
    "prod --limit 90s, limit, 90s",
    "prod --instances=-1, instances, -1",
    "prod -o json, output, json",
    "prod --output=yaml, output, yaml",
    "prod --wait 500ms, wait, 500ms",
    "prod --cluster x, cluster, x",
    "prod --instances 1 --instances 2, instances, 2",
    "prod --tag a --tag b, tag, 'a,b'",
    "prod --tag=a;b --tag c, tag, 'a;b,c'",
  })
  void valueOfAnOptionIsRead(String line, String option, String value) {
    assertThat(parse(line).option(option)).contains(value);
  }

  @ParameterizedTest
  @CsvSource({
    "prod --dry-run, dry-run",
    "prod --yes, yes",
    "prod -v, verbose",
    "--quiet prod, quiet",
    "prod --help, help",
    "--nonsense -h, help",
  })
  void flagIsRead(String line, String flag) {
    assertThat(parse(line).flag(flag)).isTrue();
  }

  @Test
  void wordsGoToTheArgumentsInOrder() {
    ParsedWords words = parse("prod a b --dry-run c -- --not-an-option -5");

    assertThat(words.arguments())
        .isEqualTo(
            Map.of(
                "cluster",
                List.of("prod"),
                "host",
                List.of("a", "b", "c", "--not-an-option", "-5")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prod --instnces 5 | unknown option --instnces of chronos:plan | did you mean --instances?",
        "prod --zzzzzzzz | unknown option --zzzzzzzz of chronos:plan | help chronos:plan",
        "prod -x | unknown option -x of chronos:plan | help chronos:plan",
        "prod --instances | --instances needs a value | it takes N",
        "prod --instances five | --instances cannot be \"five\" | whole number",
        "prod --overlay calico | --overlay cannot be \"calico\" | weave, static",
        "prod --limit 10 | --limit cannot be \"10\" | such as 90s or 10m",
        "prod --dry-run=yes | --dry-run takes no value | gives one",
        "prod -o xml | -o cannot be \"xml\" | table, wide, json, jsonl, yaml, name",
        "prod --wait soon | --wait cannot be \"soon\" | 90s",
        "'' | chronos:plan needs CLUSTER | the cluster",
      })
  void wrongWordIsNamedWithTheRule(String line, String what, String hint) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOfSatisfying(
            HoraiException.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(2);
              assertThat(failure.what()).isEqualTo(what);
              assertThat(failure.toString()).contains(hint);
            });
  }

  @Test
  void oneWordTooManyIsRefused() {
    CommandSpec single =
        new CommandSpec(
            "zk",
            "ls",
            "",
            "",
            List.of(new Argument("path", "", true, false, "")),
            List.of(),
            List.of());

    assertThatThrownBy(() -> WordParser.parse(single, List.of("/", "/b")))
        .hasMessageContaining("\"/b\" is one word too many for zk:ls")
        .hasMessageContaining("usage: zk:ls PATH");
  }

  @Test
  void gogoValuesBecomeWords() {
    CommandResult names =
        new CommandResult(
            new org.horai.api.command.View(List.of(), List.of("a", "b"), List.of(), 0),
            "a\nb\n",
            true);

    assertThat(
            Words.of(
                Arrays.asList(
                    "x",
                    5L,
                    null,
                    "",
                    List.of("y", List.of(true)),
                    Map.of("k", List.of("v", 1)),
                    names)))
        .containsExactly("x", "5", "", "y", "true", "{\"k\":[\"v\",1]}", "a", "b");
  }
}
