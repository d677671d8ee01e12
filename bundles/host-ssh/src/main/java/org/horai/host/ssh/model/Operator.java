package org.horai.host.ssh.model;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose configuration it is.
 *
 * @param home the folder where {@code .ssh} is
 * @param user login name on this machine
 * @param environment a variable's value, or null
 */
public record Operator(String home, String user, Function<String, String> environment) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern TOKEN = Pattern.compile("%(.)");

  Expansion expansion(String host, String address, int port, String remoteUser) {
    return new Expansion(host, address, port, remoteUser);
  }

  /** Expands paths of ssh_config for one host. */
  final class Expansion {
    private final String host;
    private final String address;
    private final int port;
    private final String remoteUser;

    Expansion(String host, String address, int port, String remoteUser) {
      this.host = host;
      this.address = address;
      this.port = port;
      this.remoteUser = remoteUser;
    }

    /** A leading {@code ~/} only. */
    String home(String path) {
      return path.startsWith("~/") ? home + path.substring(1) : path;
    }

    /** Tilde, {@code %} tokens and {@code ${VARIABLE}}; what is not known stays as it is. */
    String expand(String path) {
      Matcher token = TOKEN.matcher(home(path));
      String plain = token.replaceAll(match -> Matcher.quoteReplacement(token(match.group(1))));
      return VARIABLE
          .matcher(plain)
          .replaceAll(
              match ->
                  Matcher.quoteReplacement(
                      Optional.ofNullable(environment.apply(match.group(1)))
                          .orElse(match.group())));
    }

    Optional<String> agent(Optional<String> said) {
      String word = said.orElse("SSH_AUTH_SOCK");
      if (word.equals("none")) {
        return Optional.empty();
      }
      String variable = word.equals("SSH_AUTH_SOCK") ? word : word.replaceFirst("^\\$(?!\\{)", "");
      boolean named = !variable.equals(word) || word.equals("SSH_AUTH_SOCK");
      return Optional.ofNullable(named ? environment.apply(variable) : expand(word))
          .filter(socket -> !socket.isEmpty());
    }

    private String token(String letter) {
      return switch (letter) {
        case "%" -> "%";
        case "d" -> home;
        case "h" -> address;
        case "n" -> host;
        case "p" -> String.valueOf(port);
        case "r" -> remoteUser;
        case "u" -> user;
        default -> "%" + letter;
      };
    }
  }
}
