package org.horai.core.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.command.Invocation;
import org.horai.api.command.Talk;
import org.horai.api.command.View;
import org.horai.api.time.Deadline;

/** A call with given words, as the shell would make it; nobody is there to answer questions. */
public final class TestCall implements Invocation, Talk {
  private final Map<String, String> words;
  public final List<String> said = new ArrayList<>();

  public TestCall(Map<String, String> words) {
    this.words = words;
  }

  @Override
  public Optional<String> argument(String name) {
    return Optional.ofNullable(words.get(name));
  }

  @Override
  public List<String> arguments(String name) {
    return argument(name).map(List::of).orElse(List.of());
  }

  @Override
  public boolean flag(String option) {
    return words.containsKey(option);
  }

  @Override
  public Optional<String> option(String name) {
    return Optional.ofNullable(words.get(name));
  }

  @Override
  public int number(String option) {
    return Integer.parseInt(words.get(option));
  }

  @Override
  public Talk talk() {
    return this;
  }

  @Override
  public Deadline deadline(Duration defaultLimit) {
    return Deadline.after(option("wait").map(Duration::parse).orElse(defaultLimit));
  }

  @Override
  public Optional<String> cluster() {
    return option("cluster");
  }

  @Override
  public String output() {
    return "table";
  }

  @Override
  public Path path(String fileName) {
    return Path.of("/", "nowhere").resolve(fileName);
  }

  @Override
  public void say(String line) {
    said.add(line);
  }

  @Override
  public void say(View view) {
    view.blocks().forEach(block -> said.add(block.toString()));
  }

  @Override
  public void warn(String line) {
    said.add(line);
  }

  @Override
  public void progress(String line) {
    said.add(line);
  }

  @Override
  public void done(boolean well, String line, long millis) {
    said.add(line);
  }

  @Override
  public boolean interactive() {
    return false;
  }

  @Override
  public void confirm(String question) {
    throw new AssertionError("nothing is to be asked: " + question);
  }

  @Override
  public void confirmByTyping(String word, String question) {
    throw new AssertionError("nothing is to be asked: " + question);
  }
}
