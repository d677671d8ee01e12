package org.horai.shell.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.horai.api.command.View;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ctrl-C often comes while a command tells of its progress. */
class InterruptedTalkTest {
  private final TestShell shell =
      new TestShell()
          .with(
              Stub.of(
                  "t:torn",
                  call -> {
                    Thread.currentThread().interrupt();
                    call.talk().say("told although interrupted");
                    return View.of(Map.of(), View.Line.of("shown although interrupted"));
                  }))
          .with(Stub.of("t:ok", call -> View.of(Map.of(), View.Line.of("ok"))));

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void outputGoesOnAfterACommandWasInterruptedWhileItPrinted() {
    TestShell.End end = shell.script("t:torn; echo echoed; t:ok");

    assertThat(end.err()).contains("told although interrupted");
    assertThat(end.out()).isEqualTo("shown although interrupted\nechoed\nok\n");
    assertThat(end.code()).isZero();
  }
}
