package org.horai.networking.weave.model;

import org.horai.api.host.ProbeOutput;
import org.horai.recordings.Recordings;
import org.horai.recordings.Transcript;

/** What commands of weave printed on real hosts, as a probe gives it. */
final class Recorded {
  private Recorded() {}

  /** The first command of a transcript that contains the words. */
  static ProbeOutput of(String file, String command) {
    Transcript.Step step = Transcript.read("weave/" + file).step(command);
    return new ProbeOutput(step.exit(), step.out(), step.err());
  }

  static ProbeOutput file(String name) {
    return new ProbeOutput(0, Recordings.text("weave/" + name), "");
  }
}
