package org.horai.api.plan;

/**
 * Something proven or refuted about the cluster.
 *
 * @param code stable name, such as {@code one-leader}
 * @param text the statement: "3 instances on 3 different hosts"
 * @param evidence what was seen
 */
public record Statement(String code, boolean holds, String text, String evidence) {}
