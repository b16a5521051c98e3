package dev.fourthpillar.cli.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log grows to its limit and no further. */
final class LogFileTest {
  private static final int LIMIT = 20_000;

  @TempDir private Path directory;

  @Test
  void whatIsFullBecomesTheOlderOneAndTheOldestGoes() throws IOException {
    LogFile log = new LogFile(directory.resolve("a.log"), LIMIT);

    for (int run = 0; run < 10; run++) {
      log.copy(new ByteArrayInputStream(("run " + run + "\n").repeat(1_000).getBytes(UTF_8)));
    }

    // 10 runs of 6,000 bytes: two of the last were kept whole in the older file at most.
    assertThat(Files.size(log.path())).isLessThanOrEqualTo(LIMIT);
    assertThat(Files.size(directory.resolve("a.log.1"))).isLessThanOrEqualTo(LIMIT);
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
    assertThat(log.tail()).endsWith("run 9");
  }

  @Test
  void theNextRunWritesBehindTheOneBefore() throws IOException {
    LogFile log = new LogFile(directory.resolve("a.log"), LIMIT);
    log.copy(new ByteArrayInputStream("one\n".getBytes(UTF_8)));
    log.copy(new ByteArrayInputStream("two\n".getBytes(UTF_8)));

    assertThat(log.tail()).isEqualTo("one\ntwo");
  }

  @Test
  void aLogThatIsNotThereHasNoEnd() {
    assertThat(new LogFile(directory.resolve("a.log"), LIMIT).tail()).isEmpty();
  }
}
