package org.horai.api.plan;

import java.util.List;

/**
 * Steps that belong together. Stages run one after the other. Host steps of a stage run on their
 * hosts at the same time, action steps one after the other; a stage holds one kind only.
 *
 * @param id unique in the plan
 * @param atOnce how many hosts at the same time; 0 means all
 */
public record Stage(String id, String concern, String title, int atOnce, List<Step> steps) {
  public Stage {
    steps = List.copyOf(steps);
  }
}
