package org.horai.chronos.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One recorded HTTP exchange: request, a line of arrows, answer. */
record Recording(
    String name, String method, String path, int status, List<String[]> headers, String body) {
  static final Path FOLDER = Path.of("src/test/resources/recordings/chronos");
  private static final String ARROWS = "<<<<<< response";

  static Recording read(String name) {
    try {
      String text = Files.readString(FOLDER.resolve(name + ".http"), StandardCharsets.UTF_8);
      String[] sides = text.split(ARROWS + "\r?\n", 2);
      String[] request =
          sides[0]
              .lines()
              .filter(l -> l.contains(" HTTP/1.1"))
              .findFirst()
              .orElseThrow()
              .split(" ");
      String[] answer = sides[1].split("\r?\n\r?\n", 2);
      List<String> head = answer[0].lines().toList();
      List<String[]> headers = new ArrayList<>();
      head.stream()
          .skip(1)
          .filter(line -> line.contains(": "))
          .forEach(line -> headers.add(line.split(": ", 2)));
      int status = Integer.parseInt(head.get(0).split(" ")[1]);
      return new Recording(
          name, request[0], request[1], status, headers, answer.length > 1 ? answer[1] : "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
