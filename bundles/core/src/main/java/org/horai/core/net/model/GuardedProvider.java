package org.horai.core.net.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayHealth.PeerHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider that anybody may have written. Whatever it throws, leaves out or never comes back
 * with, becomes NET-105, which names its bundle.
 */
public final class GuardedProvider implements OverlayNetworkProvider {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedProvider.class);

  private final OverlayNetworkProvider provider;
  private final String bundle;
  private final String version;
  private final Asker asker;

  /** How questions are put. */
  public interface Asker {
    /** Asks at once, however long it takes. */
    Asker DIRECTLY =
        new Asker() {
          @Override
          public <T> T ask(Supplier<T> question) {
            return question.get();
          }
        };

    /**
     * The answer; what the question throws is thrown as it is.
     *
     * @throws TimeoutException there is none, and nobody waits for it any longer
     */
    <T> T ask(Supplier<T> question) throws TimeoutException;
  }

  public GuardedProvider(
      OverlayNetworkProvider provider, String bundle, String version, Asker asker) {
    this.provider = provider;
    this.bundle = bundle;
    this.version = version;
    this.asker = asker;
  }

  /** The one that is guarded. */
  public OverlayNetworkProvider guarded() {
    return provider;
  }

  @Override
  public ProviderInfo info() {
    ProviderInfo info = answer("info()", provider::info);
    if (info.id() == null || !info.id().matches("[a-z][a-z0-9-]*")) {
      throw defect("info() has the id \"" + info.id() + "\"; an id is of a-z, 0-9 and -");
    }
    if (info.title() == null || info.version() == null) {
      throw defect("info() has no title or no version");
    }
    return info;
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    return asked("probes()", wanted, () -> provider.probes(wanted));
  }

  @Override
  public List<HostProbes> planProbes(OverlaySpec wanted) {
    return asked("planProbes()", wanted, () -> provider.planProbes(wanted));
  }

  private List<HostProbes> asked(
      String method, OverlaySpec wanted, Supplier<List<HostProbes>> question) {
    List<HostProbes> probes = list(method, question);
    known(method, wanted, probes.stream().map(HostProbes::host).toList());
    probes.forEach(one -> whole(method, wanted, one.checks()));
    return probes;
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return whole("plan()", wanted, list("plan()", () -> provider.plan(wanted, now)));
  }

  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    WorkloadAttachment attachment = answer("attach()", () -> provider.attach(wanted, era));
    if (attachment.mode() == null
        || attachment.networkName() == null
        || attachment.addressCommand() == null) {
      throw defect("attach() left the mode, the name or the address command out");
    }
    return attachment;
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    OverlayHealth health = answer("observe()", () -> provider.observe(wanted, now));
    List<PeerHealth> peers = health.peers();
    known("observe()", wanted, peers.stream().map(PeerHealth::host).toList());
    if (peers.stream().anyMatch(peer -> peer.state() == null)) {
      throw defect("observe() gave a peer without a state");
    }
    return health;
  }

  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    return whole("remove()", current, list("remove()", () -> provider.remove(current, now)));
  }

  private <T> List<T> list(String method, Supplier<List<T>> question) {
    List<T> answer = answer(method, () -> copy(question.get()));
    if (answer.stream().anyMatch(Objects::isNull)) {
      throw defect(method + " answered with a list that has a null");
    }
    return answer;
  }

  /** It may be computed on the way, so it is read while the question lasts. */
  private static <T> List<T> copy(Collection<T> list) {
    return list == null ? null : new ArrayList<>(list);
  }

  private List<HostStage> whole(String method, OverlaySpec wanted, List<HostStage> stages) {
    known(method, wanted, stages.stream().map(HostStage::host).toList());
    if (stages.stream().anyMatch(s -> s.stage() == null || s.title() == null || s.why() == null)) {
      throw defect(method + " gave a stage without name, title or reason");
    }
    return stages;
  }

  private void known(String method, OverlaySpec wanted, List<String> named) {
    Set<String> hosts = wanted.hosts().stream().map(Host::name).collect(Collectors.toSet());
    named.stream()
        .filter(Predicate.not(hosts::contains))
        .findFirst()
        .ifPresent(
            stranger -> {
              throw defect(
                  method + " named the host " + stranger + ", which is none of the overlay");
            });
  }

  private <T> T answer(String method, Supplier<T> question) {
    try {
      T answer = asker.ask(question);
      if (answer != null) {
        return answer;
      }
      throw defect(method + " answered null");
    } catch (HoraiException e) {
      throw e;
    } catch (TimeoutException e) {
      throw defect(method + " did not end within " + e.getMessage());
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      LOG.warn("{} of the overlay provider in bundle {} failed", method, bundle, e);
      throw defect(method + " threw " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** Without the cause, whose class may belong to a bundle that is about to go. */
  private HoraiException defect(String why) {
    return new HoraiException(
        NetErrors.DEFECT,
        "the overlay provider in bundle " + bundle + " " + version + " failed",
        why,
        "provider:update or provider:remove it, or choose another network with net:use");
  }
}
