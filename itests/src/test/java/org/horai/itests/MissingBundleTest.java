package org.horai.itests;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Without a bundle the commands of the others say what is missing and who brings it. */
@RunWith(PaxExam.class)
public class MissingBundleTest extends Container {
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

  /** Who needs whom: by bundle, the commands of other bundles that cannot do without. */
  private static Map<String, List<String>> users() {
    Map<String, List<String>> users = new LinkedHashMap<>();
    users.put(
        "networking-weave",
        List.of("chronos:plan", "chronos:apply --yes", "net:status", "net:doctor", "agent:status"));
    users.put("marathon", List.of("chronos:status", "chronos:plan", "chronos:verify", "job:list"));
    users.put("zookeeper", List.of("chronos:status", "chronos:apply --yes", "job:list"));
    users.put("mesos-master", List.of("chronos:status", "agent:status", "job:list"));
    users.put("mesos-agent", List.of("chronos:plan", "chronos:apply --yes"));
    users.put("host-ssh", List.of("net:status", "weave:status", "chronos:plan"));
    users.put("chronos-3x", List.of("chronos:status", "job:list", "chronos:plan"));
    users.put("chronos", List.of("chronos:status", "job:list"));
    return users;
  }

  @Test
  public void everyUserOfAMissingBundleSaysWhatIsMissing() throws Exception {
    List<String> unclear = new ArrayList<>();
    for (Map.Entry<String, List<String>> needed : users().entrySet()) {
      Bundle bundle = house.bundle(needed.getKey());
      bundle.stop();
      try {
        for (String command : needed.getValue()) {
          OpenShell.Answer answer = shell.say(command);
          if (!isClear(answer, needed.getKey())) {
            unclear.add("without " + needed.getKey() + ", " + command + ": " + answer.all());
          }
        }
      } finally {
        bundle.start();
      }
    }
    assertEquals(List.of(), unclear);
  }

  private static boolean isClear(OpenShell.Answer answer, String bundle) {
    String said = answer.all();
    return answer.failed()
        && said.contains(bundle)
        && (said.contains("bundle " + bundle) || said.contains("not installed"))
        && !said.contains("Unknown command")
        && !said.contains("unexpectedly")
        && !said.contains("Exception");
  }

  @Test
  public void commandsThatCanDoWithoutGoOn() throws Exception {
    Map<String, List<String>> independent =
        Map.of(
            "networking-weave", List.of("chronos:status", "net:list", "net:compare", "job:list"),
            "zookeeper", List.of("mesos:leader", "marathon:apps", "net:status"),
            "chronos", List.of("mesos:frameworks", "marathon:apps"),
            "host-ssh", List.of("chronos:status", "job:list"));
    for (Map.Entry<String, List<String>> missing : independent.entrySet()) {
      Bundle bundle = house.bundle(missing.getKey());
      bundle.stop();
      try {
        missing.getValue().forEach(shell::mustSay);
      } finally {
        bundle.start();
      }
    }
  }
}
