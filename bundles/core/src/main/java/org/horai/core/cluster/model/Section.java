package org.horai.core.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.horai.api.HoraiException;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Durations;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML file, read key by key. What is wrong becomes a problem with its line, and a
 * default takes its place. A key nobody asked for is unknown, so the code that reads is the list of
 * keys.
 */
final class Section {
  private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(password|passwd|secret).*");

  private final String path;
  private final FileContext context;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();
  private final List<Section> children = new ArrayList<>();
  private final Mark start;

  /**
   * @param path dotted, "" for the whole file
   * @param node the mapping, or null when it is absent
   */
  Section(String path, Node node, FileContext context) {
    this.path = path;
    this.context = context;
    this.start = node == null ? null : node.getStartMark();
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::take);
    } else if (node != null && !isNull(node)) {
      problem(node, named() + " must hold keys, not " + shown(node));
    }
  }

  boolean has(String key) {
    ask(key);
    Node node = values.get(key);
    return node != null && !isNull(node);
  }

  Optional<String> text(String key) {
    return scalar(key).map(ScalarNode::getValue);
  }

  String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /** Text that must have a form; the rule says which, in words. */
  String matching(String key, String form, String rule, String otherwise) {
    Optional<String> value = text(key);
    if (value.isPresent() && !value.get().matches(form)) {
      wrong(key, "must be " + rule);
      return otherwise;
    }
    return value.orElse(otherwise);
  }

  int integer(String key, int least, int most, int otherwise) {
    return parsed(
        key,
        "must be a whole number from " + least + " to " + most,
        text -> inside(Long.parseLong(text), least, most).map(Long::intValue),
        otherwise);
  }

  double number(String key, double least, double most, double otherwise) {
    return parsed(
        key,
        "must be a number from " + plain(least) + " to " + plain(most),
        text -> Optional.of(Double.valueOf(text)).filter(n -> n >= least && n <= most),
        otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    return parsed(
        key,
        "must be true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on" -> Optional.of(true);
              case "false", "no", "off" -> Optional.of(false);
              default -> Optional.empty();
            },
        otherwise);
  }

  Duration duration(String key, Duration otherwise) {
    return parsed(
        key,
        "must be a duration such as 20s, 5m, 2h or 7d, longer than nothing",
        text -> Durations.parse(text).filter(duration -> !duration.isZero()),
        otherwise);
  }

  /** One of an enum's constants, written in lower case with dashes. */
  <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return text(key).map(word -> constant(key, word, type, otherwise)).orElse(otherwise);
  }

  /** A file's path, made absolute. */
  Optional<String> path(String key) {
    return text(key).map(context::path);
  }

  Optional<SecretRef> secret(String key) {
    return text(key).flatMap(text -> reference(key, text));
  }

  /** A list of texts; a single text counts as a list of one. */
  List<String> texts(String key) {
    ask(key);
    Node node = values.get(key);
    if (node == null || isNull(node)) {
      return List.of();
    }
    List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    List<String> texts = new ArrayList<>();
    for (Node item : nodes) {
      if (item instanceof ScalarNode scalar && !isNull(item)) {
        texts.add(scalar.getValue());
      } else {
        problem(item, full(key) + " must be a list of words, not " + shown(item));
      }
    }
    return texts;
  }

  /** A list of texts, each parsed; one that cannot be parsed is a problem and left out. */
  <T> List<T> list(String key, Function<String, T> parser) {
    List<T> parsed = new ArrayList<>();
    for (String text : texts(key)) {
      try {
        parsed.add(parser.apply(text));
      } catch (HoraiException e) {
        problem(values.get(key), full(key) + ": " + e.what() + "; " + e.next().orElse(""));
      }
    }
    return parsed;
  }

  <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
    List<E> found = new ArrayList<>();
    for (String word : texts(key)) {
      E constant = constant(key, word, type, null);
      if (constant != null) {
        found.add(constant);
      }
    }
    return found;
  }

  /** Free keys with text values; names that promise a secret are refused. */
  Map<String, String> map(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    Section section = section(key);
    for (String name : section.keys.keySet()) {
      section.ask(name, false);
      Node value = section.values.get(name);
      if (SECRET_NAME.matcher(name).matches() && !name.toLowerCase(Locale.ROOT).contains("file")) {
        problem(value, section.full(name) + " would show a secret; give it by reference elsewhere");
      } else if (value instanceof ScalarNode scalar) {
        map.put(name, isNull(value) ? "" : scalar.getValue());
      } else {
        problem(value, section.full(name) + " must be a single value, not " + shown(value));
      }
    }
    return map;
  }

  Section section(String key) {
    ask(key);
    Section child = new Section(full(key), values.get(key), context);
    children.add(child);
    return child;
  }

  /** Calls back for every named section below a key; their own keys count as {@code key.*.own}. */
  void sections(String key, BiConsumer<String, Section> each) {
    Section parent = section(key);
    for (String name : parent.keys.keySet()) {
      parent.ask(name, false);
      Section child = new Section(parent.full(name), parent.values.get(name), context);
      parent.children.add(child);
      each.accept(name, child);
    }
  }

  /** A problem with the value of a key, or with the section when the key is absent. */
  void wrong(String key, String rule) {
    Node node = values.get(key);
    if (node == null) {
      context.problems().add(context.name(), line(start), column(start), full(key) + " " + rule);
    } else {
      problem(node, full(key) + " " + rule + ", not " + shown(node));
    }
  }

  /** As {@link #wrong}, for a value that must not be shown or needs no showing. */
  void say(String key, String text) {
    Node node = values.getOrDefault(key, keys.get(key));
    Mark mark = node == null ? start : node.getStartMark();
    context.problems().add(context.name(), line(mark), column(mark), full(key) + " " + text);
  }

  /** Ends reading: keys that nobody asked for are unknown. */
  void done() {
    for (Map.Entry<String, Node> key : keys.entrySet()) {
      if (!asked.contains(key.getKey())) {
        String known = "; known are " + String.join(", ", asked);
        problem(
            key.getValue(),
            full(key.getKey()) + " is not a known key" + Nearest.hint(key.getKey(), asked, known));
      }
    }
    children.forEach(Section::done);
  }

  private void take(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problem(tuple.getKeyNode(), named() + " has a key that is not a word");
      return;
    }
    if (values.containsKey(key.getValue())) {
      problem(
          key,
          full(key.getValue())
              + " stands here a second time; first on line "
              + line(keys.get(key.getValue()).getStartMark()));
      return;
    }
    keys.put(key.getValue(), key);
    values.put(key.getValue(), tuple.getValueNode());
  }

  private Optional<ScalarNode> scalar(String key) {
    ask(key);
    Node node = values.get(key);
    if (node == null || isNull(node)) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar);
    }
    problem(node, full(key) + " must be a single value, not " + shown(node));
    return Optional.empty();
  }

  private <T> T parsed(String key, String rule, Function<String, Optional<T>> parser, T otherwise) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<T> value;
    try {
      value = parser.apply(text.get());
    } catch (NumberFormatException e) {
      value = Optional.empty();
    }
    if (value.isEmpty()) {
      wrong(key, rule);
    }
    return value.orElse(otherwise);
  }

  private <E extends Enum<E>> E constant(String key, String word, Class<E> type, E otherwise) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String written = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      words.add(written);
      if (written.equals(word)) {
        return constant;
      }
    }
    problem(
        values.get(key),
        full(key) + " must be one of " + String.join(", ", words) + ", not \"" + word + "\"");
    return otherwise;
  }

  private Optional<SecretRef> reference(String key, String text) {
    try {
      SecretRef reference = SecretRef.parse(text);
      return Optional.of(
          reference.kind() == SecretRef.Kind.FILE
              ? new SecretRef(SecretRef.Kind.FILE, context.path(reference.name()))
              : reference);
    } catch (HoraiException e) {
      say(
          key,
          "must say where the secret is kept (file:PATH, env:NAME or prompt), not the secret"
              + " itself");
      return Optional.empty();
    }
  }

  private void ask(String key) {
    ask(key, true);
  }

  private void ask(String key, boolean named) {
    asked.add(key);
    if (named) {
      context.asked().add(full(key).replaceFirst("^(hosts|overlays)\\.[^.]+\\.", "$1.*."));
    }
  }

  private void problem(Node node, String text) {
    Mark mark = node.getStartMark();
    context.problems().add(context.name(), line(mark), column(mark), text);
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String named() {
    return path.isEmpty() ? "the file" : path;
  }

  private static String plain(double number) {
    return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static Optional<Long> inside(long value, long least, long most) {
    return value < least || value > most ? Optional.empty() : Optional.of(value);
  }

  private static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }

  private static String shown(Node node) {
    if (node instanceof ScalarNode scalar) {
      return "\"" + scalar.getValue() + "\"";
    }
    return node instanceof SequenceNode ? "a list" : "a group of keys";
  }

  private static int line(Mark mark) {
    return mark == null ? 0 : mark.getLine() + 1;
  }

  private static int column(Mark mark) {
    return mark == null ? 0 : mark.getColumn() + 1;
  }
}
