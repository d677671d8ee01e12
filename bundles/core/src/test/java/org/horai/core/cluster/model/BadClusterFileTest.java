package org.horai.core.cluster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.core.cluster.client.ClusterReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of {@code clusters/bad} is refused with exactly the text beside it. */
class BadClusterFileTest {
  private static final Path FOLDER = Path.of("src/test/resources/clusters/bad").toAbsolutePath();

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER).filter(file -> file.toString().endsWith(".yaml")).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void tellsEveryMistakeAndWhereItIs(Path file) throws IOException {
    HoraiException error =
        catchThrowableOfType(
            HoraiException.class,
            () -> new ClusterReader(new Origin(Path.of("/home/op"), "op")).read(file));

    assertThat(error).isNotNull();
    assertThat(error.toString().replace(FOLDER.toString(), "FOLDER"))
        .isEqualToIgnoringNewLines(
            Files.readString(Path.of(file.toString().replace(".yaml", ".txt"))).strip())
        .doesNotContain("hunter2");
    assertThat(error.exitCode()).isEqualTo(2);
  }
}
