package org.horai.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.felix.service.command.CommandProcessor;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.api.command.Command;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CompletionSource;
import org.horai.api.recording.Recorder;
import org.horai.shell.model.ViewRenderer;
import org.horai.shell.script.CommandDirectory;
import org.horai.shell.script.CommandFunction;
import org.horai.shell.script.Departures;
import org.horai.shell.script.LiveNames;
import org.horai.shell.script.Tapes;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Makes a Gogo command of every {@link Command} service. The service is got for each call and given
 * back after it, so that commands come and go with their bundles and idle ones cost nothing. Of two
 * services of one name the higher ranking wins, then the newer.
 */
@Component(service = CommandDirectory.class, immediate = true)
public final class CommandWhiteboard implements CommandDirectory {
  private static final String SCOPE = "horai.command.scope";
  private static final String FUNCTION = "horai.command.function";
  private static final String READS = "horai.command.reads";
  private static final String OF_THE_HOUSE = "(objectClass=org.horai.*)";
  private static final Duration PATIENCE = Duration.ofMillis(120);
  private static final Comparator<ServiceReference<Command>> BEST_LAST =
      Comparator.<ServiceReference<Command>>comparingInt(
              reference ->
                  reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking
                      ? ranking
                      : 0)
          .thenComparingLong(reference -> (Long) reference.getProperty(Constants.SERVICE_ID));

  private final BundleContext context;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Recorder recorder;

  private final Tapes tapes = new Tapes(() -> Optional.ofNullable(recorder));
  private final ViewRenderer renderer = new ViewRenderer();
  private final Map<String, Offer> offers = new TreeMap<>();
  private final Map<ServiceReference<Command>, CommandSpec> specs = new ConcurrentHashMap<>();
  private final LiveNames liveNames = new LiveNames(this::ask, PATIENCE);
  private final Departures departures = new Departures();
  private final ServiceTracker<Command, String> tracker;

  /** The services of one name and the Gogo function made for them. */
  private record Offer(
      List<ServiceReference<Command>> services, ServiceRegistration<?> registration) {}

  @Activate
  public CommandWhiteboard(BundleContext context) {
    this.context = context;
    this.tracker = new ServiceTracker<>(context, Command.class, new Customizer());
    listen();
    tracker.open();
  }

  private void listen() {
    try {
      context.addServiceListener(departures, OF_THE_HOUSE);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Deactivate
  void close() {
    tracker.close();
    context.removeServiceListener(departures);
    liveNames.close();
  }

  private final class Customizer implements ServiceTrackerCustomizer<Command, String> {
    @Override
    public String addingService(ServiceReference<Command> reference) {
      Object scope = reference.getProperty(SCOPE);
      Object function = reference.getProperty(FUNCTION);
      if (!(scope instanceof String) || !(function instanceof String)) {
        return null;
      }
      add(reference, (String) scope, (String) function);
      return scope + ":" + function;
    }

    @Override
    public void modifiedService(ServiceReference<Command> reference, String name) {
      specs.remove(reference);
    }

    @Override
    public void removedService(ServiceReference<Command> reference, String name) {
      remove(reference, name);
    }
  }

  private void add(ServiceReference<Command> reference, String scope, String function) {
    synchronized (offers) {
      offers
          .computeIfAbsent(scope + ":" + function, name -> offer(name, scope, function))
          .services()
          .add(reference);
      departures.came(scope + ":" + function);
    }
  }

  private Offer offer(String name, String scope, String function) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(CommandProcessor.COMMAND_SCOPE, scope);
    properties.put(CommandProcessor.COMMAND_FUNCTION, function);
    CommandFunction command = new CommandFunction(name, lender(name), renderer, tapes);
    return new Offer(
        new ArrayList<>(),
        context.registerService(
            org.apache.felix.service.command.Function.class, command, properties));
  }

  private CommandFunction.Lender lender(String name) {
    return new CommandFunction.Lender() {
      @Override
      public <T> Optional<T> lend(Function<Command, T> use) {
        return returns(name)
            ? best(name).flatMap(reference -> lent(reference, use))
            : Optional.empty();
      }

      @Override
      public boolean reads() {
        return best(name)
            .filter(command -> Boolean.TRUE.equals(command.getProperty(READS)))
            .isPresent();
      }

      @Override
      public long changes() {
        return departures.changes();
      }

      @Override
      public boolean ending() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING;
      }
    };
  }

  private void remove(ServiceReference<Command> reference, String name) {
    specs.remove(reference);
    synchronized (offers) {
      Offer offer = offers.get(name);
      offer.services().remove(reference);
      if (offer.services().isEmpty()) {
        offers.remove(name);
        departures.left(name);
        unregister(offer.registration());
      }
    }
  }

  private static void unregister(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException e) {
      // the framework has taken it away with this bundle
      return;
    }
  }

  private Optional<ServiceReference<Command>> best(String name) {
    synchronized (offers) {
      Offer offer = offers.get(name);
      return offer == null ? Optional.empty() : offer.services().stream().max(BEST_LAST);
    }
  }

  private <S, T> Optional<T> lent(ServiceReference<S> reference, Function<S, T> use) {
    S service = context.getService(reference);
    if (service == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(use.apply(service));
    } finally {
      context.ungetService(reference);
    }
  }

  private <S> List<ServiceReference<S>> references(Class<S> type) {
    try {
      return List.copyOf(context.getServiceReferences(type, null));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Set<String> names() {
    synchronized (offers) {
      return new TreeSet<>(offers.keySet());
    }
  }

  @Override
  public boolean returns(String name) {
    return departures.returns(name, () -> best(name).isPresent());
  }

  @Override
  public Optional<CommandSpec> spec(String name) {
    return best(name).flatMap(this::spec);
  }

  private Optional<CommandSpec> spec(ServiceReference<Command> reference) {
    CommandSpec known = specs.get(reference);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<CommandSpec> asked = lent(reference, Command::spec);
    asked.ifPresent(spec -> specs.put(reference, spec));
    return asked;
  }

  @Override
  public List<CommandSpec> specs() {
    return names().stream().map(this::spec).flatMap(Optional::stream).toList();
  }

  @Override
  public List<ErrorCode> codes() {
    Map<String, ErrorCode> codes = new TreeMap<>();
    CommonErrors.all().forEach(code -> codes.put(code.id(), code));
    references(ErrorCatalog.class).stream()
        .map(reference -> lent(reference, ErrorCatalog::codes))
        .flatMap(Optional::stream)
        .flatMap(Collection::stream)
        .filter(Objects::nonNull)
        .forEach(code -> codes.put(code.id(), code));
    return List.copyOf(codes.values());
  }

  @Override
  public Tapes tapes() {
    return tapes;
  }

  @Override
  public List<String> candidates(String kind, List<String> before) {
    return liveNames.of(new LiveNames.Place(kind, before));
  }

  private List<String> ask(LiveNames.Place place) {
    return references(CompletionSource.class).stream()
        .map(
            reference ->
                lent(
                    reference,
                    source ->
                        source.kind().equals(place.kind())
                            ? source.candidates(place.before())
                            : List.<String>of()))
        .flatMap(Optional::stream)
        .flatMap(Collection::stream)
        .distinct()
        .sorted()
        .toList();
  }
}
