package org.horai.core.secret.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretPrompter;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;

/**
 * Reads secrets from files that only their owner can read, from the environment, or from the
 * keyboard. A typed one is kept in memory and asked for once; the others are read at each use.
 */
public final class StoredSecrets implements SecretResolver {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final UnaryOperator<String> environment;
  private final SecretPrompter prompter;
  private final Map<String, Secret> typed = new ConcurrentHashMap<>();

  /**
   * @param environment gives a variable's value, or null
   */
  public StoredSecrets(UnaryOperator<String> environment, SecretPrompter prompter) {
    this.environment = environment;
    this.prompter = prompter;
  }

  @Override
  public Secret resolve(SecretRef reference) {
    return switch (reference.kind()) {
      case FILE -> fromFile(reference.name());
      case ENV -> fromEnvironment(reference.name());
      case PROMPT -> fromKeyboard(reference.name());
    };
  }

  private Secret fromFile(String name) {
    Path file = Path.of(name.startsWith("~/") ? home() + name.substring(1) : name);
    try {
      if (!Files.isRegularFile(file)) {
        throw refused("secret file " + file + " does not exist", "", "write the secret to it");
      }
      checkMode(file);
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw refused("secret file " + file + " is empty", "", "write the secret to it");
      }
      return new Secret(text);
    } catch (IOException e) {
      throw refused(
          "secret file " + file + " cannot be read",
          e.getClass().getSimpleName(),
          "chmod 600 " + file + " and own it");
    }
  }

  private static void checkMode(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> mode = view.readAttributes().permissions();
    if (!OWNER_ONLY.containsAll(mode)) {
      throw refused(
          "secret file " + file + " can be read by others",
          "its mode is " + PosixFilePermissions.toString(mode),
          "chmod 600 " + file);
    }
  }

  private Secret fromEnvironment(String name) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      throw refused(
          "environment variable " + name + " is not set",
          "the cluster file takes a secret from it",
          "export " + name + "=... and start again");
    }
    return new Secret(value);
  }

  private Secret fromKeyboard(String what) {
    Secret known = typed.get(what);
    if (known != null) {
      return known;
    }
    Secret answer =
        prompter
            .ask(what)
            .orElseThrow(
                () ->
                    new HoraiException(
                        CommonErrors.UNCONFIRMED,
                        "the secret \"" + what + "\" was not typed",
                        "it is to be asked for, and nobody answered",
                        "use an interactive shell, or refer to file:PATH or env:NAME"));
    typed.put(what, answer);
    return answer;
  }

  private static HoraiException refused(String what, String why, String next) {
    return new HoraiException(CommonErrors.USAGE, what, why, next);
  }

  private static String home() {
    return System.getProperty("user.home");
  }
}
