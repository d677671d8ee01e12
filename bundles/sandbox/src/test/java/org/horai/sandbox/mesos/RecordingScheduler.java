package org.horai.sandbox.mesos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what a scheduler hears. */
public final class RecordingScheduler implements SchedulerCallbacks {

  private final List<String> heard = new CopyOnWriteArrayList<>();

  public List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void registered(String frameworkId, String masterPid) {
    heard.add("registered " + frameworkId);
  }

  @Override
  public void reregistered(String masterPid) {
    heard.add("reregistered");
  }

  @Override
  public void disconnected() {
    heard.add("disconnected");
  }

  @Override
  public void error(String message) {
    heard.add("error " + message);
  }

  @Override
  public void statusUpdate(TaskStatus status) {
    heard.add(status.taskId() + " " + status.state());
  }
}
