package org.horai.core.host.model;

import java.nio.file.Path;
import java.util.List;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.core.host.LocalMachine;
import org.horai.core.host.LocalMachine.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of one stage, run by a shell on a host that is a folder. */
abstract class OnLocalMachine {
  static final String SHELLS = "org.horai.core.host.Shells#all";

  @TempDir Path folder;
  LocalMachine machine;

  @BeforeEach
  void machine() {
    machine = new LocalMachine(folder);
  }

  static HostStage stage(Resource... resources) {
    return new HostStage("test:stage", "a stage", "h1", List.of(resources), false, "");
  }

  Answer apply(List<String> shell, Resource... resources) {
    return machine.run(
        shell, HostScript.apply(stage(resources), "r-1", "a1b2c3", ScriptInputs.NONE));
  }

  Answer check(List<String> shell, Resource... resources) {
    HostProbes questions = new HostProbes("h1", List.of(), List.of(stage(resources)));
    return machine.run(shell, HostScript.ask(questions, "a1b2c3", ScriptInputs.NONE));
  }
}
