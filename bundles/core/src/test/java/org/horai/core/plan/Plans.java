package org.horai.core.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Package;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.api.plan.Change;
import org.horai.api.plan.Phase;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.secret.SecretRef;

/** Plans for tests. */
public final class Plans {
  private Plans() {}

  public static HostStage hostStage(String stage, String host, Resource... resources) {
    return new HostStage(stage, "set up " + stage, host, List.of(resources), false, "because");
  }

  public static Stage onHosts(String stage, int atOnce, Resource resource, String... hosts) {
    List<Step> steps =
        Stream.of(hosts)
            .map(h -> hostStage(stage, h, resource))
            .map(s -> (Step) new Step.HostStep(s.stage() + "@" + s.host(), Change.ADD, s, "new"))
            .toList();
    return new Stage(stage, "net", "set up " + stage, atOnce, steps);
  }

  public static Stage action(String action, Change change) {
    Step step =
        new Step.ActionStep(
            action,
            "do " + action,
            "marathon",
            change,
            false,
            "needed",
            action,
            Map.of("n", 5, "list", List.of("a", "b"), "map", Map.of("x", true)),
            Duration.ofSeconds(20));
    return new Stage("stage-" + action, "test", "do " + action, 0, List.of(step));
  }

  public static Plan plan(Stage... stages) {
    return new Plan(
        "test",
        "chronos.deploy",
        Set.of(Phase.WORKLOAD, Phase.VERIFY),
        Map.of("mode", "rolling"),
        Instant.parse("2026-11-23T09:00:00Z"),
        "digest",
        List.of(stages),
        List.of());
  }

  /** One of each kind. */
  public static List<Resource> everyKind() {
    SecretRef secret = SecretRef.parse("file:/root/pw");
    return List.of(
        new FileContent("f", "/etc/f", "x={{secret:pw}}\n", "0600", "", Map.of("pw", secret)),
        new Directory("d", "/srv/d", "0755", "root:root"),
        new Absent("a", "/etc/a"),
        new KernelParameter("k", "net.ipv4.ip_forward", "1"),
        new Service("s", "weave", true, true, List.of("f")),
        new Unit(
            "u",
            "weave",
            "Weave",
            true,
            List.of("weave launch"),
            List.of("weave stop"),
            List.of("docker"),
            List.of(),
            Optional.of("/etc/f")),
        new Package("p", "bridge-utils"),
        new Download("w", "https://example.org/w", "0".repeat(64), "/usr/local/bin/w", "0755"),
        new Command(
            "c",
            List.of("weave", "prime"),
            Optional.of("test -f /x"),
            Optional.empty(),
            Map.of("PW", secret),
            Set.of(0, 1, 2, 3),
            Duration.ofSeconds(90),
            List.of("f")));
  }
}
