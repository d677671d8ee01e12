package org.horai.core.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The shells of this machine that hosts may have as sh. */
public final class Shells {
  public static final List<String> SH = List.of("/bin/sh");

  private Shells() {}

  public static Stream<List<String>> all() {
    return Stream.concat(
        Stream.of(SH),
        Stream.of(List.of("bash", "--posix"), List.of("bash"), List.of("busybox", "sh"))
            .filter(shell -> installed(shell.get(0))));
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
