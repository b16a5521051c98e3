package dev.fourthpillar.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {

  private final String before = System.getProperty(Engine.PROPERTY);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(Engine.PROPERTY);
    } else {
      System.setProperty(Engine.PROPERTY, before);
    }
  }

  @Test
  void propertyDecides() {
    System.setProperty(Engine.PROPERTY, "embedded");
    assertThat(Engine.chosen()).isEqualTo(Engine.EMBEDDED);
    System.setProperty(Engine.PROPERTY, "container");
    assertThat(Engine.chosen()).isEqualTo(Engine.CONTAINER);
  }

  @Test
  void otherValuesAreRefused() {
    System.setProperty(Engine.PROPERTY, "docker");
    assertThatIllegalArgumentException()
        .isThrownBy(Engine::chosen)
        .withMessageContaining("\"docker\" (expected: embedded or container)");
  }

  @Test
  void dockerIsOnlyAskedWhereItMayBe(@TempDir Path directory) throws Exception {
    Path socket = directory.resolve("docker.sock");
    assertThat(Engine.mayHaveDocker(Map.of(), List.of(socket))).isFalse();
    assertThat(Engine.mayHaveDocker(Map.of("DOCKER_HOST", "tcp://x"), List.of(socket))).isTrue();
    Files.createFile(socket);
    assertThat(Engine.mayHaveDocker(Map.of(), List.of(socket))).isTrue();
  }
}
