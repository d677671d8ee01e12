package org.horai.recording.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.horai.api.host.Resource;
import org.horai.api.secret.SecretRef;

/**
 * Values of the API as JSON and as plain data, always in the same order. Secrets are written as
 * their references.
 */
public final class ApiJson {
  private final ObjectMapper mapper =
      JsonMapper.builder()
          // A type factory of our own, so that no static cache keeps this bundle's classes.
          .typeFactory(TypeFactory.createDefaultInstance())
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .addModule(new SimpleModule().addSerializer(new SortedSets()))
          .addMixIn(SecretRef.class, Reference.class)
          .addMixIn(Resource.class, Kind.class)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The form of values of a type. */
  public <T> Form<T> form(TypeReference<T> type) {
    JavaType known = mapper.getTypeFactory().constructType(type);
    return new Form<>(this::data, data -> mapper.convertValue(data, known));
  }

  /** A value as maps, lists, text and numbers. */
  public Object data(Object value) {
    return mapper.convertValue(mapper.valueToTree(value), Object.class);
  }

  /** Text that is JSON as data, so that the order of its members does not matter; or the text. */
  public Object parsed(String text) {
    try {
      return mapper.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  /** Many lines, for people. */
  public String pretty(Object value) {
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not data: " + value.getClass(), e);
    }
  }

  /**
   * Reads a value back.
   *
   * @throws IOException when it is not the JSON of such a value
   */
  public <T> T read(String text, Class<T> type) throws IOException {
    return mapper.readValue(text, type);
  }

  /** The same for the same question, whenever and wherever it is asked. */
  public String key(Question question) {
    try {
      String text = mapper.writeValueAsString(Map.of(question.kind(), question.asked()));
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest((question.place() + text).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("questions are data", e);
    }
  }

  /** Tells the kinds of resources apart. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "resource")
  private interface Kind {}

  /** Immutable sets iterate in another order in each JVM. */
  private static final class SortedSets extends StdSerializer<Set<?>> {
    private SortedSets() {
      super(Set.class, false);
    }

    @Override
    public void serialize(Set<?> values, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartArray();
      for (Object value : values.stream().sorted(Comparator.comparing(String::valueOf)).toList()) {
        provider.defaultSerializeValue(value, out);
      }
      out.writeEndArray();
    }
  }

  /** Secrets are written as their references. */
  private abstract static class Reference {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static SecretRef parse(String text) {
      return SecretRef.parse(text);
    }

    @JsonValue
    @Override
    public abstract String toString();
  }
}
