package org.horai.shell.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbovePromptTest {
  private final ByteArrayOutputStream direct = new ByteArrayOutputStream();
  private final List<String> above = new ArrayList<>();
  private boolean waiting;
  private final PrintStream out =
      new PrintStream(
          new AbovePrompt(direct, () -> waiting, above::add), true, StandardCharsets.UTF_8);

  @Test
  void outputOfACommandInFrontGoesStraightThrough() {
    out.print("asking ");
    out.println("hosts");

    assertThat(direct).hasToString("asking hosts\n");
    assertThat(above).isEmpty();
  }

  @Test
  void whileALineIsTypedWholeLinesAppearAboveIt() {
    waiting = true;
    out.print("\r\u001b[Klive");
    out.print("\r\u001b[K \u2713 do");
    out.println("ne\nnext");
    out.print("rest");

    assertThat(above).containsExactly("\u001b[K \u2713 done", "next");
    assertThat(direct.size()).isZero();
    waiting = false;
    out.println(" of it");
    assertThat(direct).hasToString("rest of it\n");
  }
}
