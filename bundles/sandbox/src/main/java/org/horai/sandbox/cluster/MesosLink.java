package org.horai.sandbox.cluster;

import java.util.Optional;
import org.horai.sandbox.chronos.FrameworkInfo;
import org.horai.sandbox.chronos.SchedulerCallback;
import org.horai.sandbox.chronos.SchedulerDriver;
import org.horai.sandbox.chronos.TaskSpec;
import org.horai.sandbox.chronos.TaskUpdate;
import org.horai.sandbox.mesos.FrameworkSpec;
import org.horai.sandbox.mesos.Offer;
import org.horai.sandbox.mesos.PortRanges;
import org.horai.sandbox.mesos.Resources;
import org.horai.sandbox.mesos.SchedulerCallbacks;
import org.horai.sandbox.mesos.SimDriver;
import org.horai.sandbox.mesos.SimMesos;
import org.horai.sandbox.mesos.TaskInfo;
import org.horai.sandbox.mesos.TaskState;
import org.horai.sandbox.mesos.TaskStatus;

/** The simulated Chronos' way to the simulated Mesos. */
final class MesosLink implements SchedulerDriver {
  private final SimMesos mesos;

  MesosLink(SimMesos mesos) {
    this.mesos = mesos;
  }

  @Override
  public Registration register(FrameworkInfo framework, SchedulerCallback callback) {
    String address = framework.pid().substring(framework.pid().indexOf('@') + 1);
    int colon = address.lastIndexOf(':');
    FrameworkSpec spec =
        FrameworkSpec.of(
                framework.frameworkId(),
                framework.name(),
                address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1)),
                framework.webuiUrl())
            .withFailoverTimeout(framework.failoverTimeout());
    SimDriver driver = mesos.driver(spec, new Callbacks(callback));
    driver.start();
    return new Registered(driver);
  }

  private record Registered(SimDriver driver) implements Registration {
    @Override
    public Optional<Placement> launch(TaskSpec task) {
      Resources wanted =
          new Resources(task.cpus(), task.memMiB(), task.diskMiB(), PortRanges.none());
      for (Offer offer : driver.offers()) {
        boolean fits =
            offer.free().cpus() >= wanted.cpus()
                && offer.free().memMiB() >= wanted.memMiB()
                && offer.free().diskMiB() >= wanted.diskMiB();
        if (fits && driver.launch(offer.agentId(), info(task))) {
          return Optional.of(new Placement(offer.agentId(), offer.hostname()));
        }
      }
      return Optional.empty();
    }

    private static TaskInfo info(TaskSpec task) {
      TaskInfo plain =
          TaskInfo.ofCommand(
              task.taskId(),
              task.name(),
              task.cpus(),
              task.memMiB(),
              task.diskMiB(),
              task.command());
      return new TaskInfo(
          plain.taskId(),
          plain.name(),
          plain.cpus(),
          plain.memMiB(),
          plain.diskMiB(),
          plain.hostPorts(),
          plain.command(),
          task.shell() ? plain.args() : task.arguments(),
          task.environment(),
          plain.user(),
          plain.docker(),
          plain.labels(),
          plain.discoveryPorts());
    }

    @Override
    public void kill(String taskId) {
      driver.kill(taskId);
    }

    @Override
    public void stop(boolean failover) {
      driver.stop(failover);
    }
  }

  private record Callbacks(SchedulerCallback callback) implements SchedulerCallbacks {
    @Override
    public void registered(String frameworkId, String masterPid) {
      callback.registered(frameworkId);
    }

    @Override
    public void reregistered(String masterPid) {
      callback.reregistered();
    }

    @Override
    public void disconnected() {
      callback.disconnected();
    }

    @Override
    public void error(String message) {
      callback.error(message);
    }

    @Override
    public void statusUpdate(TaskStatus status) {
      stateOf(status.state())
          .ifPresent(
              state -> callback.update(new TaskUpdate(status.taskId(), state, status.message())));
    }

    private static Optional<TaskUpdate.State> stateOf(TaskState state) {
      return switch (state) {
        case TASK_RUNNING -> Optional.of(TaskUpdate.State.TASK_RUNNING);
        case TASK_FINISHED -> Optional.of(TaskUpdate.State.TASK_FINISHED);
        case TASK_FAILED, TASK_ERROR -> Optional.of(TaskUpdate.State.TASK_FAILED);
        case TASK_KILLED -> Optional.of(TaskUpdate.State.TASK_KILLED);
        case TASK_LOST -> Optional.of(TaskUpdate.State.TASK_LOST);
        case TASK_STAGING, TASK_STARTING, TASK_KILLING, TASK_UNREACHABLE -> Optional.empty();
      };
    }
  }
}
