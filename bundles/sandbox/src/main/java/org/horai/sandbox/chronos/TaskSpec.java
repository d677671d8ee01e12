package org.horai.sandbox.chronos;

import java.util.List;
import java.util.Map;

/**
 * A task of a job.
 *
 * @param taskId {@code ct:<due in ms>:<attempt>:<job>:<arguments>}
 * @param name {@code ChronosTask:<job>}
 * @param command for the shell, or the program when {@code shell} is false
 * @param shell whether {@code /bin/sh -c} runs it
 * @param arguments of the program; only without a shell
 * @param environment the CHRONOS_ variables and the job's own
 * @param cpus share of a core
 * @param memMiB memory
 * @param diskMiB disk
 */
public record TaskSpec(
    String taskId,
    String name,
    String command,
    boolean shell,
    List<String> arguments,
    Map<String, String> environment,
    double cpus,
    double memMiB,
    double diskMiB) {

  /** Copies the collections. */
  public TaskSpec {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
