package org.horai.shell.script;

import java.util.Optional;

/** The keyboard. Blocking; every answer is empty at end of input. */
public interface Asker {
  /** Nobody to ask. */
  Asker NOBODY =
      new Asker() {
        @Override
        public boolean possible() {
          return false;
        }

        @Override
        public Optional<String> line(String question) {
          return Optional.empty();
        }

        @Override
        public Optional<String> secret(String question) {
          return Optional.empty();
        }
      };

  boolean possible();

  /** A line typed after the question. */
  Optional<String> line(String question);

  /** A line typed without echo. */
  Optional<String> secret(String question);
}
