package org.horai.core.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.horai.api.command.Invocation;
import org.horai.api.command.Talk;
import org.horai.api.time.Deadline;

/** A call with at most one argument. */
record Call(Talk talk, String... words) implements Invocation {
  @Override
  public Optional<String> argument(String name) {
    return words.length == 0 ? Optional.empty() : Optional.of(words[0]);
  }

  @Override
  public List<String> arguments(String name) {
    return List.of(words);
  }

  @Override
  public boolean flag(String option) {
    return false;
  }

  @Override
  public Optional<String> option(String name) {
    return Optional.empty();
  }

  @Override
  public int number(String option) {
    return 0;
  }

  @Override
  public Deadline deadline(Duration defaultLimit) {
    return Deadline.after(defaultLimit);
  }

  @Override
  public Optional<String> cluster() {
    return Optional.empty();
  }

  @Override
  public String output() {
    return "table";
  }

  @Override
  public Path path(String fileName) {
    return Path.of(fileName);
  }
}
