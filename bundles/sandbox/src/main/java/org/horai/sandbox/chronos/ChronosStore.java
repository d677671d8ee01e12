package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;

/** The records below {@code <zk_path>/state}: {@code J_<job>} and {@code frameworkId}. */
final class ChronosStore {

  private static final String FRAMEWORK_ID = "frameworkId";
  private static final String JOB = "J_";

  private final CuratorFramework zooKeeper;
  private final String root;
  private final ObjectMapper json;

  ChronosStore(CuratorFramework zooKeeper, String zkPath, ObjectMapper json) {
    this.zooKeeper = zooKeeper;
    this.root = zkPath + "/state";
    this.json = json;
  }

  /** The stored framework id; unreadable or missing both mean none. */
  Optional<String> frameworkId() {
    try {
      byte[] value = StateEntry.decode(read(FRAMEWORK_ID)).value();
      return value.length == 0 ? Optional.empty() : Optional.of(StateEntry.frameworkId(value));
    } catch (IOException | IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  void writeFrameworkId(String id) throws IOException {
    write(FRAMEWORK_ID, StateEntry.frameworkId(id));
  }

  void persist(Job job) throws IOException {
    byte[] value = json.writeValueAsString(job.json()).getBytes(StandardCharsets.UTF_8);
    write(JOB + job.name(), value);
  }

  void remove(String job) throws IOException {
    try {
      zooKeeper.delete().forPath(root + "/" + JOB + job);
    } catch (KeeperException.NoNodeException gone) {
      // nothing to remove
    } catch (Exception e) {
      throw new IOException("cannot delete the record of job " + job, e);
    }
  }

  /** All readable jobs; records with an empty value were deleted and do not count. */
  List<Job> load(JobFormat format) throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (String child : children()) {
      if (child.startsWith(JOB)) {
        try {
          byte[] value = StateEntry.decode(read(child)).value();
          if (value.length > 0) {
            jobs.add(format.stored(json.readTree(value)));
          }
        } catch (IllegalArgumentException unreadable) {
          // Chronos logs such a record and goes on without it
        }
      }
    }
    return jobs;
  }

  private List<String> children() throws IOException {
    try {
      return zooKeeper.getChildren().forPath(root);
    } catch (KeeperException.NoNodeException none) {
      return List.of();
    } catch (Exception e) {
      throw new IOException("cannot list " + root, e);
    }
  }

  private byte[] read(String name) throws IOException {
    try {
      return zooKeeper.getData().forPath(root + "/" + name);
    } catch (Exception e) {
      throw new IOException("cannot read " + root + "/" + name, e);
    }
  }

  private void write(String name, byte[] value) throws IOException {
    byte[] entry = new StateEntry(name, UUID.randomUUID(), value).encode();
    String path = root + "/" + name;
    try {
      try {
        zooKeeper.setData().forPath(path, entry);
      } catch (KeeperException.NoNodeException none) {
        ZooKeeperPaths.ensure(zooKeeper, root);
        zooKeeper.create().forPath(path, entry);
      }
    } catch (Exception e) {
      throw new IOException("cannot write " + path, e);
    }
  }
}
