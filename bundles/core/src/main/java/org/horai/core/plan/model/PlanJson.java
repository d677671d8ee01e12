package org.horai.core.plan.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
import java.util.Comparator;
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
import org.horai.api.service.OnDemand;

/**
 * Plans, journals and reports as JSON, always in the same order: equal values give equal text.
 * Durations and instants are ISO-8601, secrets their references. One for all, because it learns the
 * shape of each type once.
 */
public class PlanJson {
  private final OnDemand<ObjectMapper> mapper = new OnDemand<>(PlanJson::make);

  private static ObjectMapper make() {
    return JsonMapper.builder()
        // A type factory of our own, so that no static cache keeps this bundle's classes.
        .typeFactory(TypeFactory.createDefaultInstance())
        .addModule(new JavaTimeModule())
        .addModule(new Jdk8Module())
        .addModule(new SimpleModule().addSerializer(new SortedSets()))
        .addMixIn(SecretRef.class, Reference.class)
        .addMixIn(Resource.class, Kinds.OfResource.class)
        .addMixIn(Step.class, Kinds.OfStep.class)
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /** One line. */
  public String line(Object value) {
    try {
      return mapper.get().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not data: " + value.getClass(), e);
    }
  }

  /** Many lines, for people. */
  public String pretty(Object value) {
    try {
      return mapper.get().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
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
    return mapper.get().readValue(text, type);
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
