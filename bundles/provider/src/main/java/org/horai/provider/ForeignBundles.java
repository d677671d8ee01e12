package org.horai.provider;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.ProviderInfo;
import org.horai.api.service.OwnThreads;
import org.horai.provider.model.Missing;
import org.horai.provider.model.ProviderErrors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Bundles of third parties in the framework. They are started transiently, so that the framework
 * never starts one by itself before its jar was compared with what was verified.
 */
final class ForeignBundles {
  private static final String LOCATION = "horai-provider:";
  private static final Duration REFRESH_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final BundleContext context;

  ForeignBundles(BundleContext context) {
    this.context = context;
  }

  /** The installed provider of that symbolic name. */
  Optional<Bundle> find(String name) {
    return Optional.ofNullable(context.getBundle(LOCATION + name));
  }

  /** The bundle of that symbolic name that came from elsewhere. */
  Optional<Bundle> stranger(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .filter(bundle -> !bundle.getLocation().startsWith(LOCATION))
        .findFirst();
  }

  /**
   * Installs and starts a verified jar; nothing is left of one that fails.
   *
   * @return the ids of its overlay providers
   * @throws HoraiException UNRESOLVED, API_VERSION, NO_PROVIDER, TAKEN or DEFECT
   */
  List<String> start(String name, byte[] jar) {
    remove(name);
    try {
      Bundle bundle = context.installBundle(LOCATION + name, new ByteArrayInputStream(jar));
      requireAll(bundle);
      bundle.start(Bundle.START_TRANSIENT);
      List<String> ids = ids(bundle);
      ids.forEach(id -> refuseRival(bundle, id));
      return ids;
    } catch (BundleException | IllegalStateException | SecurityException e) {
      remove(name);
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new HoraiException(
          ProviderErrors.DEFECT,
          name + " does not start",
          String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
          "ask its author; the log has the details",
          e);
    } catch (HoraiException e) {
      remove(name);
      throw e;
    }
  }

  private List<String> ids(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    List<String> ids = new ArrayList<>();
    for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
      String[] types = (String[]) service.getProperty(Constants.OBJECTCLASS);
      if (Arrays.asList(types).contains(OverlayNetworkProvider.class.getName())) {
        ids.add(id(bundle, service));
      }
    }
    if (ids.isEmpty()) {
      throw new HoraiException(
          ProviderErrors.NO_PROVIDER,
          bundle.getSymbolicName() + " is no overlay provider",
          "it runs, and registers no service " + OverlayNetworkProvider.class.getName(),
          "put @Component on the class that implements it, see docs/writing-a-provider.md");
    }
    return ids;
  }

  /** Whichever has the newer bundle would be used, and nobody would have been asked. */
  private void refuseRival(Bundle bundle, String id) {
    for (Bundle other : context.getBundles()) {
      if (other != bundle && other.getRegisteredServices() != null && brings(other, id)) {
        throw new HoraiException(
            ProviderErrors.TAKEN,
            "the network " + id + " is brought by " + other.getSymbolicName() + " already",
            bundle.getSymbolicName() + " has the same id in its info()",
            "give it another id, or take the other away: platform:uninstall, provider:remove");
      }
    }
  }

  private boolean brings(Bundle bundle, String id) {
    try {
      return ids(bundle).contains(id);
    } catch (HoraiException e) {
      return false;
    }
  }

  private String id(Bundle bundle, ServiceReference<?> service) {
    FutureTask<String> question = new FutureTask<>(() -> askedId(bundle, service));
    new OwnThreads("provider-info").newThread(question).start();
    try {
      return question.get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      question.cancel(true);
      throw defect(bundle, "info() did not end within " + ANSWER_LIMIT.toSeconds() + " s", null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HoraiException known) {
        throw known;
      }
      throw defect(bundle, "info() threw " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED, "the question who a provider is was interrupted", "");
    }
  }

  private String askedId(Bundle bundle, ServiceReference<?> service) {
    try {
      if (context.getService(service) instanceof OverlayNetworkProvider provider) {
        ProviderInfo info = provider.info();
        if (info == null) {
          throw defect(bundle, "info() answered null", null);
        }
        if (info.id() == null || !info.id().matches("[a-z][a-z0-9-]*")) {
          throw defect(bundle, "its id \"" + info.id() + "\" is not of a-z, 0-9 and -", null);
        }
        return info.id();
      }
      throw defect(bundle, "its component cannot be made", null);
    } finally {
      context.ungetService(service);
    }
  }

  private static HoraiException defect(Bundle bundle, String why, Throwable cause) {
    return new HoraiException(
        ProviderErrors.DEFECT,
        bundle.getSymbolicName() + " says nothing of itself",
        why,
        "ask its author; the log has the details",
        cause);
  }

  /** Takes a provider away; does nothing when it is not there. */
  void remove(String name) {
    Bundle bundle = context.getBundle(LOCATION + name);
    if (bundle == null) {
      return;
    }
    try {
      bundle.uninstall();
    } catch (BundleException | IllegalStateException e) {
      throw new HoraiException(
          ProviderErrors.DEFECT, name + " does not leave", String.valueOf(e.getMessage()), "", e);
    }
    refresh(bundle);
  }

  private void refresh(Bundle bundle) {
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring()
        .refreshBundles(
            List.of(bundle),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    try {
      refreshed.await(REFRESH_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private FrameworkWiring wiring() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }

  private void requireAll(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    List<Missing> missing = new ArrayList<>();
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      var directives = requirement.getDirectives();
      boolean needed =
          !"optional".equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
              && "resolve"
                  .equals(directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, "resolve"));
      if (needed && wiring().findProviders(requirement).isEmpty()) {
        String filter = directives.getOrDefault(Constants.FILTER_DIRECTIVE, "");
        Missing one = new Missing(requirement.getNamespace(), filter, List.of());
        missing.add(new Missing(one.namespace(), filter, present(one)));
      }
    }
    if (!missing.isEmpty()) {
      throw Missing.refusal(bundle.getSymbolicName(), missing);
    }
  }

  /** The same capability in other versions, and who has it. */
  private List<String> present(Missing missing) {
    TreeSet<String> present = new TreeSet<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null && !missing.name().isEmpty()) {
        for (BundleCapability capability : revision.getDeclaredCapabilities(missing.namespace())) {
          if (missing.name().equals(capability.getAttributes().get(missing.namespace()))
              && capability.getAttributes().get(Constants.VERSION_ATTRIBUTE)
                  instanceof Version version) {
            present.add(version + " of " + bundle.getSymbolicName());
          }
        }
      }
    }
    return List.copyOf(present);
  }
}
