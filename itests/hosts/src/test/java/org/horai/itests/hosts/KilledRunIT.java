package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Horai killed with kill -9 at every step of a run, and resumed. */
@OnRealHosts
class KilledRunIT {
  @TempDir Path folder;

  @Test
  void aRunKilledAtAnyEventIsResumedToTheSameEnd() throws Exception {
    List<String> events = new ArrayList<>();
    Map<String, List<String>> wanted;
    try (Hosts hosts = Hosts.up(2);
        Operator operator = new Operator(folder.resolve("whole"), hosts)) {
      int code =
          operator.run(
              line -> {
                if (line.startsWith("event ")) {
                  events.add(line);
                }
              },
              "apply");
      assertThat(code).as(operator.errors()).isZero();
      wanted = ends(hosts);
    }
    assertThat(events).hasSizeGreaterThan(30);
    assertThat(wanted.get("h1")).anyMatch(line -> line.contains("srv/horai/data/own"));
    // Every event is a point in the journal or between two resources; odd ones do for both hosts.
    for (int event = 1; event <= events.size(); event += event < 4 ? 1 : 4) {
      killAndResume(event, wanted);
    }
  }

  private void killAndResume(int event, Map<String, List<String>> wanted) throws Exception {
    try (Hosts hosts = Hosts.up(2);
        Operator operator = new Operator(folder.resolve("killed-" + event), hosts)) {
      Process process = operator.start("apply", Integer.toString(event));
      Optional<String> last;
      try (BufferedReader out = process.inputReader()) {
        last = out.lines().filter(line -> line.startsWith("event " + event + " ")).findFirst();
        process.destroyForcibly();
        process.waitFor();
      }
      if (last.isPresent()) {
        try (RunOnHosts again = new RunOnHosts(operator.folder())) {
          Report report = again.resume(new RunListener() {});
          assertThat(report.status())
              .as(last + " " + report)
              .isIn(Report.Status.DONE, Report.Status.UNCHANGED);
          assertThat(again.plan().steps()).as("after a kill at " + last).isEmpty();
        }
      } else {
        // Two hosts need not always give the same number of events; it was through before.
        assertThat(event).as(operator.errors()).isGreaterThan(30);
      }
      Map<String, List<String>> now = ends(hosts);
      wanted.forEach((host, tree) -> Cycle.assertSame(tree, now.get(host)));
    }
  }

  /** What the disks hold but for what names the host, and the id of the run. */
  private static Map<String, List<String>> ends(Hosts hosts) {
    Map<String, List<String>> trees = new TreeMap<>();
    for (RealHost host : hosts.all()) {
      trees.put(
          host.name(),
          host.tree().stream()
              .filter(line -> !line.matches(".*\\./(etc/(hosts|machine-id|ssh/.*|weave/peers)).*"))
              .map(line -> line.replaceAll("r-[0-9]+-[0-9]+-[a-z0-9]+", "RUN"))
              .filter(line -> !line.contains("/undo/RUN/"))
              .collect(Collectors.toList()));
    }
    return trees;
  }
}
