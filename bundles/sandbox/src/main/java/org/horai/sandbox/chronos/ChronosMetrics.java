package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * What {@code /metrics} says: the gauges of the JVM that an operator reads, taken from the one that
 * runs the sandbox, and the names of the others of each kind with nothing counted.
 */
final class ChronosMetrics {
  private static final String JETTY = "org.eclipse.jetty.servlet.ServletContextHandler.";
  private static final String SCHEDULER = "org.apache.mesos.chronos.scheduler.";
  private static final List<String> COUNTERS =
      List.of(
          SCHEDULER + "mesos.MesosOfferReviver.reviveOffersCount",
          SCHEDULER + "mesos.MesosOfferReviver.reviveOffersRequestCount",
          JETTY + "active-dispatches",
          JETTY + "active-requests",
          JETTY + "active-suspended");
  private static final List<String> METERS =
      List.of(
          "1xx-responses",
          "2xx-responses",
          "3xx-responses",
          "4xx-responses",
          "5xx-responses",
          "async-dispatches",
          "async-timeouts");
  private static final List<String> RESOURCES =
      List.of(
          "DependentJobResource.post",
          "GraphManagementResource.dotGraph",
          "GraphManagementResource.jsonGraph",
          "Iso8601JobResource.post",
          "JobManagementResource.delete",
          "JobManagementResource.getSummary",
          "JobManagementResource.list",
          "JobManagementResource.markJobSuccessful",
          "JobManagementResource.search",
          "JobManagementResource.trigger",
          "StatsResource.getPerf");
  private static final List<String> METHODS =
      List.of(
          "connect", "delete", "get", "head", "move", "options", "other", "post", "put", "trace");
  private static final List<String> DISTRIBUTION =
      List.of("max", "mean", "min", "p50", "p75", "p95", "p98", "p99", "p999", "stddev");
  private static final List<String> RATES = List.of("m15_rate", "m1_rate", "m5_rate", "mean_rate");

  ObjectNode json(ObjectMapper mapper) {
    ObjectNode body = mapper.createObjectNode().put("version", "3.0.0");
    gauges(body.putObject("gauges"));
    ObjectNode counters = body.putObject("counters");
    COUNTERS.forEach(name -> counters.putObject(name).put("count", 0));
    body.putObject("histograms");
    ObjectNode meters = body.putObject("meters");
    METERS.forEach(
        name ->
            zeros(meters.putObject(JETTY + name).put("count", 0), RATES)
                .put("units", "events/second"));
    ObjectNode timers = body.putObject("timers");
    RESOURCES.forEach(name -> timer(timers.putObject(SCHEDULER + "api." + name)));
    METHODS.forEach(name -> timer(timers.putObject(JETTY + name + "-requests")));
    timer(timers.putObject(JETTY + "dispatches"));
    timer(timers.putObject(JETTY + "requests"));
    return body;
  }

  private static void gauges(ObjectNode gauges) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    usage(gauges, "jvm.memory.heap", memory.getHeapMemoryUsage());
    usage(gauges, "jvm.memory.non-heap", memory.getNonHeapMemoryUsage());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    gauges.putObject("jvm.threads.count").put("value", threads.getThreadCount());
    gauges.putObject("jvm.threads.daemon.count").put("value", threads.getDaemonThreadCount());
    gauges.putObject("jvm.threads.deadlock.count").put("value", 0);
    gauges.putObject("jvm.threads.deadlocks").putArray("value");
    gauges.putObject(SCHEDULER + "jobs.TaskManager.highQueueSize").put("value", 0);
    gauges.putObject(SCHEDULER + "jobs.TaskManager.queueSize").put("value", 0);
    for (String share : List.of("4xx", "5xx")) {
      for (String span : List.of("15m", "1m", "5m")) {
        gauges.putObject(JETTY + "percent-" + share + "-" + span).put("value", 0.0);
      }
    }
  }

  private static void usage(ObjectNode gauges, String prefix, MemoryUsage usage) {
    gauges.putObject(prefix + ".committed").put("value", usage.getCommitted());
    gauges.putObject(prefix + ".init").put("value", usage.getInit());
    gauges.putObject(prefix + ".max").put("value", usage.getMax());
    gauges.putObject(prefix + ".usage").put("value", (double) usage.getUsed() / usage.getMax());
    gauges.putObject(prefix + ".used").put("value", usage.getUsed());
  }

  private static void timer(ObjectNode timer) {
    zeros(timer.put("count", 0), DISTRIBUTION);
    zeros(timer, RATES).put("duration_units", "seconds").put("rate_units", "calls/second");
  }

  private static ObjectNode zeros(ObjectNode into, List<String> names) {
    names.forEach(name -> into.put(name, 0.0));
    return into;
  }
}
