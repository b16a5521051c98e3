package dev.fourthpillar.localdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds on its directory after somebody else was there. */
class LeftBehindServerTest {

  @TempDir Path directory;

  @Test
  void serverOfLivingJvmIsLeftAloneAndServerOfKilledJvmIsRecovered() throws Exception {
    Process jvm = abandonedServer().start();
    ProcessHandle leftBehind;
    try (BufferedReader output = jvm.inputReader()) {
      String ready =
          output.lines().filter(l -> l.startsWith(AbandonedServer.READY)).findFirst().orElseThrow();
      leftBehind =
          ProcessHandle.of(Long.parseLong(ready.substring(AbandonedServer.READY.length())))
              .orElseThrow();

      assertThatThrownBy(this::start)
          .isInstanceOf(LocalPostgresException.class)
          .hasMessageContaining("in use by another local server");
      assertThat(leftBehind.isAlive()).isTrue();
    } finally {
      jvm.destroyForcibly().waitFor();
    }
    assertThat(leftBehind.isAlive()).as("the server outlives its killed JVM").isTrue();

    try (LocalPostgres recovered = start()) {
      LocalDatabase ledger =
          recovered.createDatabase(
              AbandonedServer.DATABASE, AbandonedServer.ROLE, AbandonedServer.PASSWORD);
      assertThat(Sql.value(ledger, "SELECT amount FROM entry")).isEqualTo("42");
      assertThat(Postmaster.of(data()).orElseThrow().pid()).isNotEqualTo(leftBehind.pid());
    }
    // A clean stop, not a kill: the second start had nothing to recover from the log.
    assertThat(Files.readString(directory.resolve("server.log.1")))
        .contains("received fast shutdown request", "database system is shut down");
  }

  @Test
  void pidOfStrangerIsNotBelievedAndStrangerSurvives() throws Exception {
    start().close();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          data().resolve("postmaster.pid"), stranger.pid() + "\n" + data() + "\n1700000000\n");

      start().close();

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void pidFileWithoutProcessIsHarmless() throws Exception {
    start().close();
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(
        data().resolve("postmaster.pid"), gone.pid() + "\n" + data() + "\n1700000000\n");

    start().close();
  }

  @Test
  void initialisationThatWasCutShortStartsOver() throws Exception {
    Path unfinished = Files.createDirectories(directory.resolve("data.unfinished"));
    Files.writeString(unfinished.resolve("PG_VERSION"), "17");

    start().close();

    assertThat(unfinished).doesNotExist();
  }

  @Test
  void secondOwnerInSameJvmDoesNotBreakTheLockAgainstOthers() throws Exception {
    try (Home owner = Home.open(new Storage.Kept(directory))) {
      assertThatThrownBy(this::start).hasMessageContaining("in use by another local server");

      Process intruder =
          abandonedServer()
              .redirectError(ProcessBuilder.Redirect.PIPE)
              .redirectErrorStream(true)
              .start();
      try (BufferedReader output = intruder.inputReader()) {
        assertThat(output.lines())
            .anyMatch(line -> line.contains("in use by another local server"));
      } finally {
        intruder.destroyForcibly().waitFor();
      }
      assertThat(owner.data()).doesNotExist();
    }
  }

  private ProcessBuilder abandonedServer() {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            AbandonedServer.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private LocalPostgres start() {
    return LocalPostgres.start(LocalPostgresOptions.keptIn(directory));
  }

  private Path data() throws Exception {
    return directory.toRealPath().resolve("data");
  }
}
