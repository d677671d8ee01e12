package org.horai.provider.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Style;
import org.horai.api.host.HostScripts;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlayProviders;
import org.horai.api.network.ProviderInfo;
import org.horai.tck.OverlayTck;
import org.horai.tck.Score;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code provider:conformance ID}. */
@Component(service = Command.class)
@CommandName(scope = "provider", function = "conformance", reads = true)
public final class ConformanceCommand implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile OverlayProviders providers;

  /** As they are; those of {@link #providers} are guarded, and tell nothing of their jars. */
  @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
  volatile List<OverlayNetworkProvider> services;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile HostScripts scripts;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "provider",
        "conformance",
        "test whether a provider keeps the rules of the SPI",
        "Runs every check of org.horai:overlay-tck against an installed provider, with three hosts"
            + " that are folders on this machine. No host of a cluster is touched. The exit code is 1"
            + " unless all pass.",
        List.of(new Argument("id", "a provider of net:list", true, false, "provider")),
        List.of(),
        List.of(
            new Example("provider:conformance weave", "a line for each check, and the score"),
            new Example("provider:conformance weave -o json", "for a build")));
  }

  @Override
  public View run(Invocation invocation) {
    OverlayProviders installed = providers;
    HostScripts compiler = scripts;
    if (installed == null || compiler == null) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE,
          "no engine is installed",
          "bundle core brings it",
          "platform:start core");
    }
    OverlayNetworkProvider provider = installed.require(invocation.required("id"));
    try {
      Path folder = Files.createTempDirectory("overlay-tck");
      try {
        return view(OverlayTck.check(provider, jarOf(provider), compiler, folder));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class of the jar that brings what the tests of this provider need. */
  private Class<?> jarOf(OverlayNetworkProvider provider) {
    ProviderInfo info = provider.info();
    return services.stream()
        .filter(service -> tells(service, info))
        .findFirst()
        .map(Object::getClass)
        .<Class<?>>map(type -> type)
        .orElse(provider.getClass());
  }

  /** Another provider may fail where it is asked who it is. */
  private static boolean tells(OverlayNetworkProvider service, ProviderInfo info) {
    try {
      return info.equals(service.info());
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  private static View view(Score score) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    for (Score.Result one : score.results()) {
      String status = one.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("check", one.id());
      row.put("title", one.title());
      row.put("status", status);
      row.put("why", one.why());
      rows.add(row);
      Style style =
          switch (one.status()) {
            case PASSED -> Style.GOOD;
            case UNSUPPORTED -> Style.WARNING;
            default -> Style.BAD;
          };
      blocks.add(new Mark(style, one.id() + "  " + one.title(), status));
      if (!one.why().isEmpty()) {
        blocks.add(new Line("    why: " + one.why(), Style.PLAIN));
      }
    }
    String points = score.points() + " of " + score.results().size();
    blocks.add(new Line(score.provider() + ": " + points, Style.STRONG));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("provider", score.provider());
    data.put("passed", score.points());
    data.put("of", score.results().size());
    data.put("checks", rows);
    return new View(
        data,
        score.failures().stream().map(Score.Result::id).toList(),
        blocks,
        score.green() ? 0 : 1);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
