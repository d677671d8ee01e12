package org.horai.recording.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;

/**
 * A question and what came of it: an answer, a problem, or the reason why it was left out.
 *
 * @param number order in which the answers came
 * @param command number of the command that asked; 0 for none
 * @param at when, ISO-8601
 * @param answer maps, lists, text, numbers; null when there is none
 */
@JsonPropertyOrder({"number", "command", "at", "question", "answer", "problem", "leftOut"})
public record Exchange(
    int number,
    int command,
    String at,
    Question question,
    Object answer,
    Optional<Problem> problem,
    Optional<String> leftOut) {

  /** The same with another answer. */
  public Exchange withAnswer(Object other) {
    return new Exchange(number, command, at, question, other, problem, leftOut);
  }

  /** A failure as data. */
  public record Problem(
      String code,
      ErrorCategory category,
      String title,
      String help,
      String what,
      String why,
      String next) {
    public static Problem of(HoraiException failure) {
      ErrorCode code = failure.code();
      return new Problem(
          code.id(),
          code.category(),
          code.title(),
          code.help(),
          failure.what(),
          failure.why().orElse(""),
          failure.next().orElse(""));
    }

    /** The failure as it was. */
    public HoraiException thrown() {
      return new HoraiException(new ErrorCode(code, category, title, help), what, why, next);
    }

    Problem masked(Masker masker) {
      return new Problem(
          code, category, title, help, masker.text(what), masker.text(why), masker.text(next));
    }
  }

  /** The exchange as it may be kept. */
  public Exchange masked(Masker masker) {
    return new Exchange(
        number,
        command,
        at,
        question.masked(masker),
        masker.tree(answer),
        problem.map(known -> known.masked(masker)),
        leftOut);
  }
}
