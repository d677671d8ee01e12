package org.horai.tck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.health.Finding;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.network.Capability;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayHealth.PeerHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.ProviderInfo.ProviderOption;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;

/** What authors of providers get wrong, by the check that must see it. */
final class BrokenProviders {
  private BrokenProviders() {}

  static Map<String, OverlayNetworkProvider> all() {
    Map<String, OverlayNetworkProvider> all = new LinkedHashMap<>();
    info(all);
    questions(all);
    plans(all);
    lives(all);
    attachments(all);
    healths(all);
    return all;
  }

  private static void info(Map<String, OverlayNetworkProvider> all) {
    all.put(
        "info-complete",
        info(
            i ->
                new ProviderInfo(
                    "Weave Net", i.title(), i.version(), i.capabilities(), i.options())));
    AtomicInteger calls = new AtomicInteger();
    all.put(
        "info-stable",
        info(
            i ->
                new ProviderInfo(
                    i.id(),
                    i.title(),
                    "1." + calls.incrementAndGet(),
                    i.capabilities(),
                    i.options())));
    all.put(
        "capabilities",
        info(
            i -> {
              Map<Capability, String> some = new HashMap<>(i.capabilities());
              some.remove(Capability.ENCRYPTION);
              return new ProviderInfo(i.id(), i.title(), i.version(), some, i.options());
            }));
    all.put(
        "options-described",
        info(
            i ->
                new ProviderInfo(
                    i.id(),
                    i.title(),
                    i.version(),
                    i.capabilities(),
                    List.of(new ProviderOption("mtu", "", "1500")))));
    all.put(
        "refuses-unknown-option",
        wanted(
            w ->
                new OverlaySpec(
                    w.provider(),
                    w.version(),
                    w.range(),
                    w.subnet(),
                    w.password(),
                    w.hosts(),
                    Map.of())));
    all.put(
        "refuses-bad-network",
        wanted(
            w ->
                new OverlaySpec(
                    w.provider(),
                    w.version(),
                    "10.32.0.0/12",
                    "10.32.1.0/24",
                    w.password(),
                    w.hosts(),
                    w.options())));
    all.put(
        "password-honoured",
        wanted(
            w ->
                new OverlaySpec(
                    w.provider(),
                    w.version(),
                    w.range(),
                    w.subnet(),
                    Optional.empty(),
                    w.hosts(),
                    w.options())));
  }

  private static Broken info(UnaryOperator<ProviderInfo> change) {
    return new Broken() {
      @Override
      public ProviderInfo info() {
        return change.apply(good.info());
      }
    };
  }

  private static Broken wanted(UnaryOperator<OverlaySpec> change) {
    return new Broken() {
      @Override
      public List<HostProbes> probes(OverlaySpec wanted) {
        return good.probes(change.apply(wanted));
      }
    };
  }

  private static void questions(Map<String, OverlayNetworkProvider> all) {
    all.put("asks-every-host", asked(probes -> probes.subList(0, 2)));
    all.put("probe-ids", probe(Probe.of("report", "weave report")));
    all.put(
        "stage-ids",
        stage(s -> new HostStage(s.stage(), s.title(), s.host(), s.resources(), false, "")));
    all.put(
        "resource-ids",
        more(new Service("late", "weave", true, true, List.of("no-such-resource"))));
    all.put("resources-safe", more(FileContent.of("etc/weave/relative", "x\n")));
    all.put(
        "paths-rooted",
        more(Command.unless("motd", "false", "sh", "-c", "echo weave >> /etc/motd")));
    all.put("posix-shell", more(Command.unless("bash", "[[ 1 == 1 ]]", "true")));
    AtomicInteger calls = new AtomicInteger();
    all.put(
        "probes-pure",
        asked(probes -> calls.incrementAndGet() % 2 == 0 ? probes : reversed(probes)));
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> other = new ArrayList<>(list);
    Collections.reverse(other);
    return other;
  }

  private static Broken asked(UnaryOperator<List<HostProbes>> change) {
    return new Broken() {
      @Override
      public List<HostProbes> probes(OverlaySpec wanted) {
        return change.apply(good.probes(wanted));
      }
    };
  }

  private static Broken probe(Probe probe) {
    return asked(
        probes ->
            probes.stream()
                .map(p -> new HostProbes(p.host(), List.of(probe), p.checks()))
                .toList());
  }

  private static Broken stage(UnaryOperator<HostStage> change) {
    return new Broken() {
      @Override
      UnaryOperator<HostStage> stage() {
        return change;
      }
    };
  }

  private static Broken more(Resource resource) {
    return stage(s -> s.with(with(s.resources(), resource)));
  }

  private static List<Resource> with(List<Resource> some, Resource... more) {
    List<Resource> resources = new ArrayList<>(some);
    resources.addAll(List.of(more));
    return resources;
  }

  private static void plans(Map<String, OverlayNetworkProvider> all) {
    all.put("plan-fresh", planned((wanted, now, plan) -> now.hosts().isEmpty() ? List.of() : plan));
    all.put("plan-converged", planned((wanted, now, plan) -> everything(wanted)));
    AtomicInteger calls = new AtomicInteger();
    all.put(
        "plan-pure",
        planned((wanted, now, plan) -> calls.incrementAndGet() % 2 == 0 ? plan : reversed(plan)));
    List<HostStage> shared = new ArrayList<>();
    all.put(
        "plan-threads",
        planned(
            (wanted, now, plan) -> {
              shared.addAll(plan); // one list for all calls
              return List.copyOf(shared);
            }));
    all.put(
        "plan-checked",
        planned(
            (wanted, now, plan) -> {
              List<HostStage> more = new ArrayList<>(plan);
              more.add(
                  new HostStage(
                      "weave:secret",
                      "t",
                      "h1",
                      List.of(FileContent.of("/etc/x", "x\n")),
                      false,
                      "w"));
              return more;
            }));
    all.put(
        "plan-one-host",
        planned((wanted, now, plan) -> plan.isEmpty() ? plan : everything(wanted)));
    all.put(
        "plan-new-host",
        planned((wanted, now, plan) -> plan.stream().filter(s -> !s.host().equals("h4")).toList()));
    all.put(
        "plan-odd-answers",
        planned(
            (wanted, now, plan) -> {
              now.of("h1")
                  .probe("weave.version")
                  .filter(o -> o.stdout().startsWith("<"))
                  .ifPresent(o -> Integer.parseInt(o.stdout()));
              return plan;
            }));
  }

  private interface Change {
    List<HostStage> apply(OverlaySpec wanted, OverlayView now, List<HostStage> plan);
  }

  private static List<HostStage> everything(OverlaySpec wanted) {
    return new Broken().plan(wanted, new OverlayView(Map.of()));
  }

  private static Broken planned(Change change) {
    return new Broken() {
      @Override
      public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
        return change.apply(wanted, now, good.plan(wanted, now));
      }
    };
  }

  private static void lives(Map<String, OverlayNetworkProvider> all) {
    OverlayNetworkProvider careless = careless();
    all.put("probes-read-only", careless);
    all.put("apply-works", noStandIn());
    all.put("apply-converges", careless);
    all.put("plan-asks-enough", incurious());
    all.put("apply-again", careless);
    all.put("remove-clean", careless);
    all.put("remove-again", careless);
    all.put(
        "remove-planned",
        planned(
            (wanted, now, plan) ->
                now.of("h1").probe("weave.version").isPresent() ? List.of() : plan));
    all.put("no-secret-in-text", careless);
  }

  /** Plans from checks and forgets to ask for the last of them. */
  private static Broken incurious() {
    return new Broken() {
      @Override
      public List<HostProbes> planProbes(OverlaySpec wanted) {
        return probes(wanted).stream()
            .map(
                asked ->
                    new HostProbes(
                        asked.host(),
                        List.of(),
                        asked.checks().subList(0, asked.checks().size() - 1)))
            .toList();
      }
    };
  }

  /** Uses a tool that nobody knows, and does not remove what it made. */
  static Broken noStandIn() {
    return new Broken() {
      @Override
      UnaryOperator<HostStage> stage() {
        return s ->
            s.with(List.of(Command.unless("calicoctl", "false", "calicoctl", "node", "status")));
      }

      @Override
      public List<HostStage> remove(OverlaySpec current, OverlayView now) {
        throw new HoraiException(CommonErrors.REFUSED, "cannot", "remove it by hand");
      }
    };
  }

  /** Changes hosts when it asks, never ends, shows the password, forgets things when it leaves. */
  private static Broken careless() {
    return new Broken() {
      @Override
      public List<HostProbes> probes(OverlaySpec wanted) {
        Probe touching = Probe.of("weave.touch", "ip link add probe0 type dummy");
        return super.probes(wanted).stream()
            .map(p -> new HostProbes(p.host(), List.of(touching), p.checks()))
            .toList();
      }

      @Override
      UnaryOperator<HostStage> stage() {
        return s ->
            s.stage().endsWith("up")
                ? s.with(
                    with(
                        s.resources(),
                        Command.unless(
                            "append",
                            "false",
                            "sh",
                            "-c",
                            "echo x >>\"${HORAI_ROOT:-}/etc/weave/log\""),
                        Command.unless(
                            "tell",
                            "false",
                            "sh",
                            "-c",
                            ". \"${HORAI_ROOT:-}/etc/weave/weave.env\"; ip rule replace \"$WEAVE_PASSWORD\"")))
                : s;
      }

      @Override
      public List<HostStage> remove(OverlaySpec current, OverlayView now) {
        return good.remove(current, now).stream()
            .map(
                s ->
                    s.with(
                        with(
                            List.of(Command.unless("reset", "false", "weave", "status")),
                            s.resources().stream()
                                .filter(r -> r.id().startsWith("stop-"))
                                .toArray(Resource[]::new))))
            .toList();
      }
    };
  }

  private static void attachments(Map<String, OverlayNetworkProvider> all) {
    all.put(
        "attach-eras",
        attached(
            (a, era) -> {
              if (!era.canonicalNetworks()) {
                throw new HoraiException(CommonErrors.REFUSED, "needs Marathon 1.5", "upgrade");
              }
              return a;
            }));
    all.put(
        "attach-named",
        attached(
            (a, era) ->
                new WorkloadAttachment(
                    a.environment(),
                    WorkloadAttachment.Mode.NAMED,
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    a.addressCommand(),
                    true)));
    AtomicInteger calls = new AtomicInteger();
    all.put(
        "attach-pure",
        attached(
            (a, era) ->
                new WorkloadAttachment(
                    Map.of("N", "" + calls.incrementAndGet()),
                    a.mode(),
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    a.addressCommand(),
                    true)));
    all.put(
        "attach-names",
        attached(
            (a, era) ->
                new WorkloadAttachment(
                    a.environment(),
                    a.mode(),
                    Optional.empty(),
                    Map.of("--net", "weave"),
                    Map.of(),
                    a.addressCommand(),
                    true)));
    all.put(
        "attach-address",
        attached(
            (a, era) ->
                new WorkloadAttachment(
                    a.environment(),
                    a.mode(),
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    "hostname -i",
                    true)));
  }

  private interface Joining {
    WorkloadAttachment apply(WorkloadAttachment attachment, MarathonDialect era);
  }

  private static Broken attached(Joining change) {
    return new Broken() {
      @Override
      public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
        return change.apply(good.attach(wanted, era), era);
      }
    };
  }

  private static void healths(Map<String, OverlayNetworkProvider> all) {
    all.put(
        "health-every-peer",
        judged((wanted, h) -> new OverlayHealth(h.peers().subList(0, 2), h.findings())));
    all.put("health-unknown", judged((wanted, h) -> states(h, "down")));
    all.put("health-down", judged((wanted, h) -> states(h, "up")));
    all.put("health-up", judged((wanted, h) -> states(h, "unknown")));
    all.put(
        "health-each-view",
        new Broken() {
          @Override
          public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
            // one peer is believed for all
            Host first = wanted.hosts().get(0);
            OverlayHealth one = good.observe(wanted, now);
            PeerHealth said = one.peers().get(0);
            List<PeerHealth> same =
                wanted.hosts().stream()
                    .map(h -> new PeerHealth(h.name(), said.state(), 2, 2, "", ""))
                    .toList();
            return new OverlayHealth(
                same,
                one.findings().stream().filter(f -> f.subject().equals(first.name())).toList());
          }
        });
    AtomicInteger calls = new AtomicInteger();
    all.put(
        "health-pure",
        judged(
            (wanted, h) ->
                new OverlayHealth(
                    h.peers(),
                    List.of(Finding.ok("WEA-1", "h1", "call " + calls.incrementAndGet())))));
    all.put(
        "findings-complete",
        judged(
            (wanted, h) ->
                new OverlayHealth(
                    h.peers(),
                    h.findings().stream()
                        .map(f -> Finding.error(f.code(), f.subject(), f.what(), f.why(), ""))
                        .toList())));
  }

  private interface Judgement {
    OverlayHealth apply(OverlaySpec wanted, OverlayHealth health);
  }

  private static OverlayHealth states(OverlayHealth health, String state) {
    return new OverlayHealth(
        health.peers().stream()
            .map(
                p ->
                    new PeerHealth(
                        p.host(), state, p.connections(), p.expected(), p.exposed(), p.note()))
            .toList(),
        health.findings());
  }

  private static Broken judged(Judgement change) {
    return new Broken() {
      @Override
      public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
        return change.apply(wanted, good.observe(wanted, now));
      }
    };
  }
}
