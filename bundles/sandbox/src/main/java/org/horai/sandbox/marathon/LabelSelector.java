package org.horai.sandbox.marathon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A selector of apps by their labels: {@code name}, {@code name==value}, {@code name!=value},
 * {@code name in (a, b)} and {@code name notin (a, b)}, all of a list with commas.
 */
record LabelSelector(List<Term> terms) {
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*([\\w.-]+)\\s*(?:(==|!=)\\s*([\\w.-]+)|(in|notin)\\s*\\(([^)]*)\\))?\\s*(,|$)");

  /** One condition; without values the label must be there. */
  record Term(String name, boolean wanted, List<String> values) {
    boolean matches(Map<String, String> labels) {
      String value = labels.get(name);
      return value != null && (values.isEmpty() || values.contains(value) == wanted);
    }
  }

  static Optional<LabelSelector> of(Optional<String> text) throws Refusal {
    return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get()));
  }

  private static LabelSelector parse(String text) throws Refusal {
    List<Term> terms = new ArrayList<>();
    Matcher term = TERM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!term.find(at) || term.start() != at) {
        throw Refusal.message(422, "Can not parse label selector: " + text);
      }
      boolean one = term.group(3) != null;
      String[] listed =
          term.group(5) == null ? new String[0] : term.group(5).strip().split("\\s*,\\s*");
      boolean wanted = !"!=".equals(term.group(2)) && !"notin".equals(term.group(4));
      terms.add(
          new Term(term.group(1), wanted, one ? List.of(term.group(3)) : Arrays.asList(listed)));
      at = term.end();
    }
    return new LabelSelector(List.copyOf(terms));
  }

  boolean matches(Map<String, String> labels) {
    return terms.stream().allMatch(t -> t.matches(labels));
  }
}
