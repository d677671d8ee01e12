package org.horai.recording.model;

import java.util.List;
import java.util.function.Supplier;

/** What stands between a wire and its users while a tape runs. Thread-safe. */
public interface Exchanges {
  /** True if answers come from a recording, so that no wire may be touched. */
  boolean playing();

  /**
   * Answers questions that are asked together.
   *
   * @param live asks the wire; answers in the order of the questions
   */
  <T> List<T> all(List<Question> questions, Form<T> form, Supplier<List<T>> live);

  /** Answers one question. */
  default <T> T one(Question question, Form<T> form, Supplier<T> live) {
    return all(List.of(question), form, () -> java.util.Collections.singletonList(live.get()))
        .get(0);
  }

  /** Keeps an answer that goes on growing until the end. Of a recording only. */
  void growing(Question question, Supplier<Object> answer);

  /** Runs something for as long as it takes and this tape runs. */
  AutoCloseable background(Runnable work);

  /** Refuses in a replay. */
  void change(String what);
}
