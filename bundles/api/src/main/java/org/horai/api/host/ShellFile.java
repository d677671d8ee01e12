package org.horai.api.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A script of a concern's own that lies on the hosts and is called with a verb, for what no other
 * resource says. Pure.
 *
 * @param path absolute
 * @param text for any POSIX shell
 */
public record ShellFile(String path, String text) {
  /**
   * The script that lies beside a class in its jar.
   *
   * @throws IllegalStateException when there is none
   */
  public static ShellFile beside(Class<?> type, String name, String path) {
    try (InputStream in = type.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks " + name);
      }
      return new ShellFile(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the bundle lacks " + name, e);
    }
  }

  /** The file itself, of mode 0644; its path is its id. */
  public FileContent file() {
    return FileContent.of(path, text);
  }

  /** Shell text that calls it. */
  public String call(String verb) {
    return "sh \"${HORAI_ROOT:-}" + path + "\" " + verb;
  }

  /** Calls it unless another of its verbs exits 0; a minute at most. */
  public Command unless(String id, String check, String act) {
    return Command.unless(id, call(check), "sh", "-c", call(act));
  }

  /** Calls it when one of these resources changed; a minute at most. */
  public Command after(String id, List<String> changed, String act) {
    return Command.after(id, changed, "sh", "-c", call(act));
  }

  /** Calls it while it is there, as a removal does; a minute at most. */
  public Command whileThere(String id, String act) {
    return Command.onlyIf(id, "[ -e \"${HORAI_ROOT:-}" + path + "\" ]", "sh", "-c", call(act));
  }
}
