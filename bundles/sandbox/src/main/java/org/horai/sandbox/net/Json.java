package org.horai.sandbox.net;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** Reads JSON, and builds trees of it in a given field order. */
public final class Json {

  private final ObjectMapper mapper;

  /** A mapper of its own, with its own cache of types. */
  public Json() {
    LookupCache<Object, JavaType> types = new LRUMap<>(16, 64);
    mapper =
        JsonMapper.builder()
            .typeFactory(TypeFactory.defaultInstance().withCache(types))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /**
   * Parses one document.
   *
   * @throws JsonProcessingException the text is not JSON
   */
  public JsonNode parse(byte[] text) throws JsonProcessingException {
    return mapper.readTree(new String(text, StandardCharsets.UTF_8));
  }

  /**
   * A fresh copy of a JSON object that lies beside a class.
   *
   * @param owner the class
   * @param name the file's name
   */
  public ObjectNode resource(Class<?> owner, String name) {
    try (InputStream in =
        Objects.requireNonNull(owner.getResourceAsStream(name), () -> "no resource " + name)) {
      return (ObjectNode) parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An object of the given fields: a name, its value, a name, its value, … A value is a node, text,
   * a number, a boolean, null (a JSON null) or an Optional (an empty one leaves the field out).
   */
  public static ObjectNode of(Object... namesAndValues) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      put(object, (String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** Sets one field as {@link #of} does. */
  public static void put(ObjectNode object, String name, Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> object.set(name, node(present)));
    } else {
      object.set(name, node(value));
    }
  }

  /** An array of nodes, texts, numbers or booleans. */
  public static ArrayNode array(Collection<?> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(node(item)));
    return array;
  }

  /** An array of the given items. */
  public static ArrayNode list(Object... items) {
    return array(Arrays.asList(items));
  }

  /** The node of one value. */
  public static JsonNode node(Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value == null) {
      return nodes.nullNode();
    } else if (value instanceof JsonNode already) {
      return already;
    } else if (value instanceof Boolean flag) {
      return nodes.booleanNode(flag);
    } else if (value instanceof Integer number) {
      return nodes.numberNode(number);
    } else if (value instanceof Long number) {
      return nodes.numberNode(number);
    } else if (value instanceof Double number) {
      return nodes.numberNode(number);
    }
    return nodes.textNode(value.toString());
  }
}
