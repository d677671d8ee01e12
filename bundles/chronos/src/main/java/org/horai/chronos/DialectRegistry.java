package org.horai.chronos;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.ChronosDialects;
import org.horai.api.service.Needed;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The dialects that are here now; of two with one id, that of the newer bundle. */
@Component
public final class DialectRegistry implements ChronosDialects {
  private final Map<ServiceReference<ChronosDialect>, ChronosDialect> dialects =
      new ConcurrentHashMap<>();

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bind(ChronosDialect dialect, ServiceReference<ChronosDialect> reference) {
    dialects.put(reference, dialect);
  }

  void unbind(ChronosDialect dialect, ServiceReference<ChronosDialect> reference) {
    dialects.remove(reference, dialect);
  }

  @Override
  public List<ChronosDialect> all() {
    Map<String, ChronosDialect> newest = new LinkedHashMap<>();
    dialects.entrySet().stream()
        .sorted(Comparator.comparing(e -> version(e.getKey()), Comparator.reverseOrder()))
        .forEach(e -> newest.putIfAbsent(e.getValue().id(), e.getValue()));
    return newest.values().stream().sorted(Comparator.comparing(ChronosDialect::id)).toList();
  }

  private static Version version(ServiceReference<?> reference) {
    return reference.getBundle() == null
        ? Version.emptyVersion
        : reference.getBundle().getVersion();
  }

  private String here() {
    String known = all().stream().map(ChronosDialect::versions).collect(Collectors.joining(", "));
    return known.isEmpty() ? "none" : known;
  }

  @Override
  public ChronosDialect require(String version) {
    String bundle = "chronos-" + version.replaceFirst("\\..*", "") + "x";
    return Needed.awaited(
        "dialect",
        () -> all().stream().filter(d -> d.supports(version)).findFirst().orElse(null),
        () ->
            new HoraiException(
                CommonErrors.PROVIDER_GONE,
                "no dialect for Chronos " + version + " is installed",
                "bundle " + bundle + " brings it; here are " + here(),
                "platform:start " + bundle + ", or platform:install FILE of that bundle"));
  }
}
