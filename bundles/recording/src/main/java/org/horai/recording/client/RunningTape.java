package org.horai.recording.client;

import org.horai.api.recording.Recorder;
import org.horai.recording.model.ApiJson;
import org.horai.recording.model.Exchanges;

/** A tape that runs: what the shell sees of it, and what the wires see. */
public interface RunningTape extends Recorder.Tape, Exchanges {
  /** The mapper of this tape, which ends with it. */
  ApiJson json();

  @Override
  void close();
}
