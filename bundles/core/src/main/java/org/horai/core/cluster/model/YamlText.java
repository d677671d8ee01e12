package org.horai.core.cluster.model;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads YAML as far as its nodes, which know their lines; no Java object is ever made from it. */
final class YamlText {
  private YamlText() {}

  /** The document; empty when there is none or when it is broken, which is a problem. */
  static Optional<Node> parse(String text, String file, Problems problems) {
    try {
      return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      problems.add(
          file,
          mark == null ? 0 : mark.getLine() + 1,
          mark == null ? 0 : mark.getColumn() + 1,
          "broken YAML: " + reason(e));
    } catch (YAMLException e) {
      problems.add(file, 0, 0, "broken YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static String reason(MarkedYAMLException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return context + e.getProblem();
  }
}
