package dev.fourthpillar.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose process a pid of an earlier run is. */
final class PidFileTest {
  private static final String MARK = "-Dfourthpillar.suite=/data/of/this/one";

  @TempDir private Path directory;

  @Test
  void aProcessThatThisSuiteStartedIsFoundAgain() throws IOException {
    Process process = sleeping(MARK);
    try {
      file(MARK).write(process.toHandle());

      assertThat(file(MARK).leftBehind()).map(ProcessHandle::pid).contains(process.pid());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aProcessOfAnotherSuiteIsNotOurs() throws IOException {
    Process process = sleeping("-Dfourthpillar.suite=/data/of/another");
    try {
      file(MARK).write(process.toHandle());

      assertThat(file(MARK).leftBehind()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPidThatAnotherProcessHasByNowIsNotOurs() throws IOException {
    Process process = sleeping(MARK);
    try {
      long anHourBefore =
          process.info().startInstant().orElseThrow().minusSeconds(3600).toEpochMilli();
      Files.writeString(path(), process.pid() + " " + anHourBefore);

      assertThat(file(MARK).leftBehind()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aProcessThatEndedIsNotFound() throws IOException, InterruptedException {
    Process process = sleeping(MARK);
    file(MARK).write(process.toHandle());
    process.destroyForcibly().waitFor();

    assertThat(file(MARK).leftBehind()).isEmpty();
  }

  @Test
  void halfAFileOrNoneNamesNobody() throws IOException {
    assertThat(file(MARK).leftBehind()).isEmpty();
    for (String text : List.of("", "17", "seventeen 18", ProcessHandle.current().pid() + " ")) {
      Files.writeString(path(), text);
      assertThat(file(MARK).leftBehind()).as("'%s'", text).isEmpty();
    }
  }

  private PidFile file(String mark) {
    return new PidFile(path(), mark);
  }

  private Path path() {
    return directory.resolve("some.pid");
  }

  private static Process sleeping(String mark) throws IOException {
    // sh keeps what follows its script as its own arguments.
    return new ProcessBuilder("/bin/sh", "-c", "sleep 60; true", "sh", mark).start();
  }
}
