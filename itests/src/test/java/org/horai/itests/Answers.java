package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the parts of a {@link Script} said, by their title. */
record Answers(Map<String, Answer> parts) {
  private static final Pattern END = Pattern.compile("(?m)^exit (\\d+)$");

  /** What one command said on both streams, and its exit code. */
  record Answer(String text, int code) {
    /** Fails unless it was refused so: code of the error, exit code, a command to type next. */
    void refuses(String error, int exit) {
      assertThat(text).contains(error + "  ").contains("  next: ");
      assertThat(code).as(text).isEqualTo(exit);
      hasNoTrace();
    }

    void succeeds() {
      assertThat(code).as(text).isZero();
    }

    void hasNoTrace() {
      assertThat(text).doesNotContain("\tat ").doesNotContain("Exception");
    }

    /** The first value of that field in printed JSON. */
    String field(String name) {
      Matcher field = Pattern.compile("\"" + name + "\" : \"?([^\",\\n]*)").matcher(text);
      assertThat(field.find()).as(name + " in " + text).isTrue();
      return field.group(1);
    }
  }

  static Answers of(String said) {
    Map<String, Answer> parts = new LinkedHashMap<>();
    String[] pieces = said.split("(?m)^" + Script.TITLE);
    for (int i = 1; i < pieces.length; i++) {
      String[] titled = pieces[i].split("\n", 2);
      Matcher end = END.matcher(titled[1]);
      assertThat(end.find()).as(pieces[i]).isTrue();
      String text = titled[1].substring(0, end.start());
      parts.put(titled[0], new Answer(text, Integer.parseInt(end.group(1))));
    }
    return new Answers(parts);
  }

  Answer to(String title) {
    Answer answer = parts.get(title);
    assertThat(answer).as("part \"" + title + "\" of " + parts.keySet()).isNotNull();
    return answer;
  }
}
