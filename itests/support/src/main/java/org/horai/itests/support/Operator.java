package org.horai.itests.support;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Invocation;
import org.horai.api.command.Talk;
import org.horai.api.command.View;
import org.horai.api.time.Deadline;

/**
 * One call of a command by an operator who answers every question the same way. Options are words
 * that begin with two dashes.
 */
public final class Operator implements Invocation, Talk {
  private final Map<String, String> words;
  private final boolean answer;
  private final List<String> heard = new ArrayList<>();
  private final List<View> shown = new ArrayList<>();

  public Operator(boolean answer, Map<String, String> words) {
    this.answer = answer;
    this.words = words;
  }

  /** Everything said and asked. */
  public List<String> heard() {
    return heard;
  }

  /** The pieces of the result that were shown before its end. */
  public synchronized List<View> shown() {
    return List.copyOf(shown);
  }

  @Override
  public Optional<String> argument(String name) {
    return Optional.ofNullable(words.get(name));
  }

  @Override
  public List<String> arguments(String name) {
    return argument(name).map(text -> List.of(text.split(" "))).orElse(List.of());
  }

  @Override
  public boolean flag(String option) {
    return words.containsKey("--" + option);
  }

  @Override
  public Optional<String> option(String name) {
    return Optional.ofNullable(words.get("--" + name));
  }

  @Override
  public int number(String option) {
    return Integer.parseInt(words.get("--" + option));
  }

  @Override
  public synchronized void show(View piece) {
    shown.add(piece);
  }

  @Override
  public Talk talk() {
    return this;
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

  @Override
  public void say(String line) {
    heard.add(line);
  }

  @Override
  public void say(View view) {
    view.blocks().forEach(block -> heard.add(block.toString()));
  }

  @Override
  public void warn(String line) {
    heard.add(line);
  }

  @Override
  public void progress(String line) {
    heard.add(line);
  }

  @Override
  public void done(boolean well, String line, long millis) {
    heard.add(line);
  }

  @Override
  public boolean interactive() {
    return true;
  }

  @Override
  public void confirm(String question) {
    heard.add(question);
    if (!answer) {
      throw new HoraiException(CommonErrors.UNCONFIRMED, "answered with no", "");
    }
  }

  @Override
  public void confirmByTyping(String word, String question) {
    confirm("[" + word + "] " + question);
  }
}
