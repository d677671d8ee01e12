package org.horai.shell.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Collection;
import java.util.Collections;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.View;
import org.horai.api.service.OnDemand;

/** A view in the asked format. One for each shell; thread-safe. */
public final class ViewRenderer {
  private final OnDemand<ObjectMapper> json = new OnDemand<>(ViewRenderer::makeJson);
  private final OnDemand<ObjectMapper> yaml = new OnDemand<>(ViewRenderer::makeYaml);

  /**
   * Renders.
   *
   * @param format one of {@link CommonOptions#FORMATS}
   * @return whole lines, or "" when there is nothing to show
   */
  public String render(View view, String format, Look look) {
    if (view.data() == null && view.blocks().isEmpty()) {
      return "";
    }
    return switch (format) {
      case "json" -> write(json.get().writerWithDefaultPrettyPrinter(), view.data(), look) + "\n";
      case "jsonl" -> lines(view.data(), look);
      case "yaml" -> write(yaml.get().writer(), view.data(), look);
      case "name" -> names(view);
      default -> ViewText.of(view, format.equals("wide"), look);
    };
  }

  /** A list gives an object on each line, all else one line. */
  private String lines(Object data, Look look) {
    Collection<?> rows = data instanceof Collection<?> list ? list : Collections.singleton(data);
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(write(json.get().writer(), row, look)).append('\n'));
    return text.toString();
  }

  /** Without names there is nothing to print: an empty list is one, too. */
  private static String names(View view) {
    StringBuilder text = new StringBuilder();
    view.names().forEach(name -> text.append(name).append('\n'));
    return text.toString();
  }

  private static String write(ObjectWriter writer, Object data, Look look) {
    try {
      return (look.unicode()
              ? writer
              : writer.with(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature()))
          .writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new HoraiException(
          CommonErrors.INTERNAL,
          "the result cannot be written as JSON",
          e.getOriginalMessage(),
          "use -o table",
          e);
    }
  }

  private static ObjectMapper makeJson() {
    return JsonMapper.builder()
        .typeFactory(TypeFactory.createDefaultInstance())
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .build();
  }

  private static ObjectMapper makeYaml() {
    YAMLFactory factory =
        YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    return YAMLMapper.builder(factory)
        .typeFactory(TypeFactory.createDefaultInstance())
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .build();
  }
}
