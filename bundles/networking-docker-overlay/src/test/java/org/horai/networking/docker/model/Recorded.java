package org.horai.networking.docker.model;

import org.horai.api.host.ProbeOutput;
import org.horai.recordings.Transcript;

/** What Docker 20.10 printed on real hosts, as a probe gives it. */
final class Recorded {
  private Recorded() {}

  /** The first command of a transcript that contains the words. */
  static ProbeOutput of(String file, String command) {
    Transcript.Step step = Transcript.read(file).step(command);
    return new ProbeOutput(step.exit(), step.out(), step.err());
  }
}
