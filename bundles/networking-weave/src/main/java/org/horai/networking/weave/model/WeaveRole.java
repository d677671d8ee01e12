package org.horai.networking.weave.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.Subnet;
import org.horai.api.secret.SecretRef;

/**
 * What a host must look like to be a Weave peer. Pure.
 *
 * <p>Router, proxy and the host's own address are three services, in this order at every boot: a
 * router that starts before the bridge exists dies, and an exposed address is lost with the bridge.
 */
public final class WeaveRole {
  public static final String SOCKET = "/var/run/weave/weave.sock";
  static final String PROGRAM = "/usr/local/bin/weave";
  static final String ENV = "/etc/weave/weave.env";
  static final String PEERS = "/etc/weave/peers";
  static final String UP = "weave:up";
  static final String EXPOSE = "weave:expose";
  private static final KernelParameter FORWARD =
      new KernelParameter("ip_forward", "net.ipv4.ip_forward", "1").heldBy("weave");
  private static final String UNHEARD = " >/dev/null 2>&1";
  private static final String RUNS = "timeout 15 weave status";
  private static final String ANSWERS =
      "timeout 10 docker -H \"unix://${HORAI_ROOT:-}" + SOCKET + "\" version";

  private final OverlaySpec wanted;
  private final WeaveVersion version;
  private final Subnet subnet;

  public WeaveRole(OverlaySpec wanted) {
    this.wanted = wanted;
    this.version = WeaveVersion.parse(wanted.version());
    Subnet range = cidr("overlay.range", wanted.range());
    this.subnet = cidr("overlay.subnet", wanted.subnet());
    if (!range.contains(subnet)) {
      throw new HoraiException(
          WeaveErrors.BAD_SETTING,
          "overlay.subnet " + subnet + " is not inside overlay.range " + range,
          "the allocator gives addresses of its range only",
          "choose a subnet of the range");
    }
    if (wanted.options().containsKey("source") != wanted.options().containsKey("sha256")) {
      throw new HoraiException(
          WeaveErrors.BAD_SETTING,
          "overlay.options.source and overlay.options.sha256 go together",
          "a download without its digest is not installed",
          "give both, or install weave " + version.text() + " yourself");
    }
  }

  private static Subnet cidr(String key, String text) {
    return Subnet.parse(text)
        .orElseThrow(
            () ->
                new HoraiException(
                    WeaveErrors.BAD_SETTING,
                    key + " \"" + text + "\" is not a network",
                    "write a CIDR such as 10.32.0.0/12"));
  }

  public Subnet subnet() {
    return subnet;
  }

  /** First every host becomes a peer, then every host takes its address. */
  public List<HostStage> stages() {
    List<HostStage> stages = new ArrayList<>();
    for (Host host : wanted.hosts()) {
      stages.add(
          new HostStage(
              UP,
              "join the weave " + version.text() + " network",
              host.name(),
              peer(host),
              false,
              "peer of " + (wanted.hosts().size() - 1) + " others, range " + wanted.range()));
    }
    for (Host host : wanted.hosts()) {
      stages.add(
          new HostStage(
              EXPOSE,
              "expose the host on the network",
              host.name(),
              exposed(),
              false,
              "without it this host cannot dial containers"));
    }
    return stages;
  }

  private List<Resource> peer(Host host) {
    List<Resource> resources = new ArrayList<>();
    resources.add(FORWARD);
    resources.add(new Directory("etc-weave", "/etc/weave", "0755", ""));
    resources.add(program());
    resources.add(environment());
    resources.add(FileContent.of(PEERS, peers(host)));
    resources.add(routerUnit());
    List<String> restart = List.of("program", ENV, "unit-weave");
    resources.add(new Service("weave", "weave", true, true, restart));
    if (!version.oneContainer()) {
      resources.add(proxyUnit());
      List<String> with = List.of("program", ENV, "unit-weave", "unit-weaveproxy");
      resources.add(new Service("weaveproxy", "weaveproxy", true, true, with));
    }
    resources.add(connect());
    resources.add(answeringProxy());
    return resources;
  }

  /** A proxy that died leaves its socket and a service that counts as started. */
  private Command answeringProxy() {
    String service = version.oneContainer() ? "weave" : "weaveproxy";
    String patiently = "i=0; until " + ANSWERS + UNHEARD + "; do i=$((i + 1)); ";
    return Command.unless(
        "proxy-answers",
        "exec " + ANSWERS,
        "sh",
        "-c",
        patiently
            + "[ $i -lt 5 ] || exec sh -c 'systemctl restart "
            + service
            + " || service "
            + service
            + " restart'; sleep 1; done");
  }

  /** The pinned script, or the demand that this very version is installed already. */
  private Resource program() {
    String has =
        "case \" $(weave version 2>/dev/null) \" in *[!0-9A-Za-z_]'"
            + version.text()
            + "'[!0-9A-Za-z_]*) ;; *) false ;; esac";
    if (wanted.options().containsKey("source")) {
      return new Download(
          "program",
          wanted.option("source", ""),
          wanted.option("sha256", ""),
          wanted.option("path", PROGRAM),
          "0755");
    }
    return Command.unless(
        "program",
        has,
        "sh",
        "-c",
        "echo 'weave "
            + version.text()
            + " is not installed; set overlay.options.source and sha256' >&2; exit 1");
  }

  private FileContent environment() {
    StringBuilder text = new StringBuilder("CHECKPOINT_DISABLE=1\n");
    Map<String, SecretRef> secrets =
        wanted.password().map(ref -> Map.of("weave", ref)).orElse(Map.of());
    if (!secrets.isEmpty()) {
      text.append("WEAVE_PASSWORD={{secret:weave}}\n");
    }
    return new FileContent(ENV, ENV, text.toString(), "0600", "", secrets);
  }

  /** The other hosts, one a line: a host that names itself shows a failed connection for ever. */
  private String peers(Host self) {
    return wanted.others(self).stream()
            .map(Host::address)
            .sorted()
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private String readPeers() {
    return "$(cat \"${HORAI_ROOT:-}" + PEERS + "\")";
  }

  private Unit routerUnit() {
    String launch = version.oneContainer() ? "launch" : "launch-router";
    List<String> arguments = new ArrayList<>(List.of("weave", launch));
    if (version.hasInitModes()) {
      arguments.addAll(List.of("--no-restart", "--no-dns"));
      arguments.add("--ipalloc-init consensus=" + wanted.hosts().size());
    } else {
      arguments.add("--init-peer-count " + wanted.hosts().size());
    }
    arguments.add("--ipalloc-range " + wanted.range());
    if (version.oneContainer()) {
      arguments.add(proxyOptions());
    }
    arguments.add(readPeers());
    String stop = version.oneContainer() ? "weave stop" : "weave stop-router";
    return new Unit(
        "unit-weave",
        "weave",
        "Weave router",
        true,
        List.of(launched(String.join(" ", arguments), stop)),
        List.of(stop),
        List.of("docker", "network-online"),
        List.of("docker"),
        Optional.of(ENV));
  }

  /**
   * A router that somebody else started with other arguments is refused, so it has to go first; why
   * a router died at once is only in its log.
   */
  private static String launched(String launch, String stop) {
    return launch
        + " || { "
        + stop
        + "; "
        + launch
        + "; } || { docker logs --tail 3 weave >&2; false; }";
  }

  /**
   * Its check for a TLS-secured Docker fails on modern engines, and its wait for its own status may
   * last for ever although the proxy answers.
   */
  private Unit proxyUnit() {
    String launch = "timeout 60 weave launch-proxy --no-restart --no-detect-tls " + proxyOptions();
    return new Unit(
        "unit-weaveproxy",
        "weaveproxy",
        "Weave proxy for the Docker API",
        true,
        List.of(
            launch
                + " || { [ $? -eq 124 ] && "
                + ANSWERS
                + UNHEARD
                + "; } || { weave stop-proxy; "
                + launch
                + "; }"),
        List.of("weave stop-proxy"),
        List.of("docker", "weave"),
        List.of("docker", "weave"),
        Optional.of(ENV));
  }

  private String proxyOptions() {
    return wanted.option("proxyOptions", "--rewrite-inspect --no-default-ipalloc");
  }

  /** A changed list of peers needs no restart: the running router is told. */
  private Command connect() {
    return new Command(
        "connect",
        List.of("sh", "-c", "weave connect --replace " + readPeers()),
        Optional.empty(),
        Optional.of(RUNS),
        Map.of(),
        Set.of(0),
        Duration.ofSeconds(30),
        List.of(PEERS));
  }

  private List<Resource> exposed() {
    Unit unit =
        new Unit(
            "unit-weave-expose",
            "weave-expose",
            "This host's address on the Weave network",
            true,
            primed("weave expose net:" + subnet),
            List.of("weave hide net:" + subnet),
            version.oneContainer() ? List.of("weave") : List.of("weave", "weaveproxy"),
            List.of("weave"),
            Optional.of(ENV));
    return List.of(
        unit,
        new Service("weave-expose", "weave-expose", true, true, List.of("unit-weave-expose")),
        Command.unless(
            "expose",
            isExposed(),
            "sh",
            "-c",
            String.join(" && ", primed("weave expose net:" + subnet))));
  }

  /** Waits for the allocator first; without a quorum the allocation itself would wait for ever. */
  private List<String> primed(String expose) {
    return version.hasInitModes()
        ? List.of("timeout 60 weave prime", "timeout 60 " + expose)
        : List.of("timeout 60 " + expose);
  }

  /** The recorded address of our subnet is really on the bridge. */
  private String isExposed() {
    return "a=; for w in $(weave ps weave:expose 2>/dev/null); do case $w in "
        + subnet.commonOctets()
        + "*/"
        + subnet.prefix()
        + ") a=$w; break ;; esac; done; test -n \"$a\" && "
        + "case $(ip -4 -o addr show dev weave 2>/dev/null) in *\" $a \"*) ;; *) false ;; esac";
  }

  /**
   * The stages that leave every host as it was before. A reset alone takes bridge, data and
   * containers away; a router that does not run any more has to be forced from 1.9 on.
   */
  public List<HostStage> removal() {
    return wanted.hosts().stream()
        .map(
            host ->
                new HostStage(
                    "weave:remove",
                    "leave the weave network",
                    host.name(),
                    gone(),
                    true,
                    "router, proxy, bridge and their data go"))
        .toList();
  }

  private List<Resource> gone() {
    List<String> services =
        version.oneContainer()
            ? List.of("weave-expose", "weave")
            : List.of("weave-expose", "weaveproxy", "weave");
    List<Resource> resources = new ArrayList<>();
    resources.add(
        Command.onlyIf(
                "reset",
                "command -v weave >/dev/null && { "
                    + RUNS
                    + UNHEARD
                    + " || ip link show dev weave >/dev/null 2>&1"
                    + " || docker inspect weave >/dev/null 2>&1; }",
                "sh",
                "-c",
                "timeout 20 weave hide net:"
                    + subnet
                    + "; timeout 60 weave reset || timeout 60 weave reset --force")
            .within(Duration.ofMinutes(3)));
    for (String service : services) {
      resources.add(new Service("stop-" + service, service, false, false, List.of()));
      resources.addAll(Unit.removal(service));
    }
    if (wanted.options().containsKey("source")) {
      resources.add(new Absent("program", wanted.option("path", PROGRAM)));
    }
    resources.add(new Absent("socket", "/var/run/weave"));
    resources.add(new Absent("files", "/etc/weave"));
    resources.add(FORWARD.release());
    return resources;
  }
}
