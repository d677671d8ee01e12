package org.horai.api.host;

import java.util.List;

/**
 * The resources of one host in one stage, applied by one script in one go.
 *
 * @param stage name of the stage, such as {@code weave:launch}; stages of the same name run on
 *     their hosts at the same time, stages of different names in the order they are listed
 * @param title one line for the plan
 * @param host inventory name
 * @param disruptive true if running work may notice
 * @param why the reason, for plans
 */
public record HostStage(
    String stage,
    String title,
    String host,
    List<Resource> resources,
    boolean disruptive,
    String why) {
  public HostStage {
    resources = List.copyOf(resources);
  }

  /** The same stage with other resources. */
  public HostStage with(List<Resource> others) {
    return new HostStage(stage, title, host, others, disruptive, why);
  }
}
