package org.horai.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A replaced bundle leaves nothing behind, although a session that has used it stays open. */
@RunWith(PaxExam.class)
public class ReplacementTest extends Container {
  private static final int TIMES = 20;
  private static final double LONGEST_STOP_MILLIS = 5_000;

  @Inject private BundleContext context;
  private House house;
  private OpenShell shell;

  @Before
  public void open() {
    house = new House(context);
    shell = new OpenShell(context).withChronos();
  }

  @After
  public void close() {
    shell.close();
  }

  @Test
  public void nothingOfAReplacedBundleStays() throws Exception {
    Map<String, Long> held = new TreeMap<>();
    for (Bundle bundle : house.replaceable()) {
      String name = House.name(bundle);
      if (name.equals("sandbox")) {
        continue; // it carries the cluster; see FoundationTest
      }
      List<String> commands = commands().getOrDefault(name, List.of("net:list"));
      byte[] jar = House.jar(bundle);
      List<WeakReference<ClassLoader>> old = new ArrayList<>();
      List<Double> stops = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        use(i % 10 == 0 ? commands : commands.subList(0, 1));
        old.add(House.loader(bundle));
        try {
          stops.add(stopped(bundle));
        } finally {
          house.replace(bundle, jar);
        }
      }
      Collections.sort(stops);
      System.out.printf(
          Locale.ROOT,
          "%-20s %d updates: stop median %.1f ms, longest %.1f ms%n",
          name,
          TIMES,
          stops.get(TIMES / 2),
          stops.get(TIMES - 1));
      assertTrue(name + " takes too long to stop", stops.get(TIMES - 1) < LONGEST_STOP_MILLIS);
      long left = House.held(old);
      if (left > 0) {
        held.put(name, left);
      }
    }
    assertEquals("class loaders of replaced bundles that are still held", Map.of(), held);
  }

  /** Commands that use each bundle; the first is quick and asked before every update. */
  private static Map<String, List<String>> commands() {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("chronos-2x", List.of("chronos:status"));
    commands.put("chronos-3x", List.of("chronos:status", "job:list", "chronos:plan"));
    commands.put("marathon", List.of("marathon:apps", "marathon:app /none", "chronos:status"));
    commands.put("zookeeper", List.of("zk:ls /", "zk:status", "zk:get /none", "chronos:plan"));
    commands.put("mesos-master", List.of("mesos:leader", "mesos:frameworks", "mesos:agents"));
    commands.put("mesos-agent", List.of("chronos:status", "agent:status", "agent:restart --plan"));
    commands.put("host-ssh", List.of("net:list", "weave:status", "cluster:doctor"));
    commands.put("networking-weave", List.of("net:list", "weave:status", "net:doctor"));
    commands.put(
        "chronos",
        List.of(
            "chronos:status", "job:list", "job:graph", "chronos:verify --settle 1s", "run:list"));
    commands.put("provider", List.of("provider:list"));
    commands.put("core", List.of("chronos:status", "cluster:hosts", "net:compare", "chronos:plan"));
    return commands;
  }

  /** Stops a bundle and looks for threads that outlived it; milliseconds it took. */
  private static double stopped(Bundle bundle) throws Exception {
    long before = System.nanoTime();
    bundle.stop();
    double millis = (System.nanoTime() - before) / 1e6;
    assertEquals("threads of " + House.name(bundle), List.of(), House.threads(bundle));
    return millis;
  }

  /** The session keeps the results, and the failure of the last that failed. */
  private void use(List<String> commands) {
    for (int i = 0; i < commands.size(); i++) {
      shell.say("kept" + i + " = (" + commands.get(i) + ")");
    }
  }
}
