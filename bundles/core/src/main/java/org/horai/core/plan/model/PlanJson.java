package org.horai.core.plan.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Package;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.api.plan.Step;
import org.horai.api.secret.SecretRef;

/**
 * Plans, journals and reports as JSON, always in the same order: equal values give equal text.
 * Durations and instants are ISO-8601, secrets their references.
 */
public final class PlanJson {
  private final ObjectMapper mapper =
      JsonMapper.builder()
          // A type factory of our own, so that no static cache keeps this bundle's classes.
          .typeFactory(TypeFactory.defaultInstance().withCache(typeCache()))
          .addModule(new JavaTimeModule())
          .addModule(module())
          .addMixIn(Resource.class, Kinds.OfResource.class)
          .addMixIn(Step.class, Kinds.OfStep.class)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** One line. */
  public String line(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not data: " + value.getClass(), e);
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
   * @throws JsonProcessingException when it is not the JSON of such a value
   */
  public <T> T read(String text, Class<T> type) throws JsonProcessingException {
    return mapper.readValue(text, type);
  }

  private static LookupCache<Object, JavaType> typeCache() {
    return new LRUMap<>(16, 200);
  }

  private static SimpleModule module() {
    SimpleModule module = new SimpleModule("horai-plan");
    module.addSerializer(new SortedSets());
    module.addSerializer(new Optionals());
    module.addSerializer(new References());
    module.addDeserializer(Optional.class, new OptionalReader(null));
    module.addDeserializer(SecretRef.class, new ReferenceReader());
    return module;
  }

  private interface Kinds {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
      @JsonSubTypes.Type(value = FileContent.class, name = "file"),
      @JsonSubTypes.Type(value = Directory.class, name = "directory"),
      @JsonSubTypes.Type(value = Absent.class, name = "absent"),
      @JsonSubTypes.Type(value = KernelParameter.class, name = "kernelParameter"),
      @JsonSubTypes.Type(value = Service.class, name = "service"),
      @JsonSubTypes.Type(value = Unit.class, name = "unit"),
      @JsonSubTypes.Type(value = Package.class, name = "package"),
      @JsonSubTypes.Type(value = Download.class, name = "download"),
      @JsonSubTypes.Type(value = Command.class, name = "command")
    })
    interface OfResource {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
      @JsonSubTypes.Type(value = Step.HostStep.class, name = "host"),
      @JsonSubTypes.Type(value = Step.ActionStep.class, name = "action")
    })
    interface OfStep {}
  }

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

  private static final class Optionals extends StdSerializer<Optional<?>> {
    private Optionals() {
      super(Optional.class, false);
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(value.orElse(null), out);
    }
  }

  private static final class OptionalReader extends StdDeserializer<Optional<?>>
      implements ContextualDeserializer {
    private final transient JavaType content;

    private OptionalReader(JavaType content) {
      super(Optional.class);
      this.content = content;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) {
      return new OptionalReader(property.getType().containedTypeOrUnknown(0));
    }

    @Override
    public Optional<?> deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return Optional.of(context.readValue(in, content));
    }

    @Override
    public Optional<?> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Optional.empty();
    }
  }

  private static final class References extends StdSerializer<SecretRef> {
    private References() {
      super(SecretRef.class);
    }

    @Override
    public void serialize(SecretRef value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class ReferenceReader extends StdDeserializer<SecretRef> {
    private ReferenceReader() {
      super(SecretRef.class);
    }

    @Override
    public SecretRef deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return SecretRef.parse(in.getValueAsString(""));
    }
  }
}
