package dev.fourthpillar.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.cli.Fp;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.GetPartitionsRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite from the services' own jars, as {@code fp up} runs it, and how it ends. */
@Tag("suite")
final class SuiteTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path data;

  private Process fp;

  @AfterEach
  void nothingStays() {
    if (fp != null) {
      fp.destroyForcibly();
    }
    ours().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void afterAKilledRunTheNextOneGoesOnWithItsData() throws Exception {
    startFp();
    Ports ports = directory().running().orElseThrow();
    fp.destroyForcibly().waitFor();
    List<ProcessHandle> leftBehind = ours();
    assertThat(leftBehind).as("services and PostgreSQL outlive a killed fp").hasSizeGreaterThan(3);

    Heard heard = new Heard();
    try (Suite suite = Suite.start(SuiteOptions.keptIn(data).on(ports), heard)) {
      assertThat(heard.steps).filteredOn(step -> step.contains("left behind")).hasSize(3);
      assertThat(leftBehind).noneMatch(LeftBehind::isRunning);
      for (SuiteService service : SuiteService.values()) {
        System.out.printf("%s: ready after %s%n", service.id(), suite.readyAfter(service));
        assertThat(answers(suite, service)).isTrue();
      }

      itStartsAgainWhatDies(suite, heard);
      itLeavesAloneWhatWasKilledOnPurpose(suite, heard);
    }
    assertThat(ours()).isEmpty();
    assertThat(directory().running()).isEmpty();
  }

  private static void itStartsAgainWhatDies(Suite suite, Heard heard) {
    long pid = suite.pid(SuiteService.USAGE);
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    Awaitility.await("the service is told to have died")
        .atMost(PATIENCE)
        .until(() -> heard.died.equals(List.of(SuiteService.USAGE)));
    Awaitility.await("another process serves in its place")
        .atMost(PATIENCE)
        .until(() -> suite.pid(SuiteService.USAGE) != pid && answers(suite, SuiteService.USAGE));
  }

  private static void itLeavesAloneWhatWasKilledOnPurpose(Suite suite, Heard heard) {
    suite.kill9(SuiteService.BUDGET);
    assertThat(answers(suite, SuiteService.BUDGET)).isFalse();

    suite.restart(SuiteService.BUDGET);
    assertThat(answers(suite, SuiteService.BUDGET)).isTrue();
    assertThat(heard.died).containsExactly(SuiteService.USAGE);
  }

  @Test
  void ctrlCStopsEverything() throws Exception {
    startFp();

    // A build that was started in the background ignores SIGINT, and so do its children.
    boolean background = ignoresInterrupts();
    new ProcessBuilder("/bin/kill", background ? "-TERM" : "-INT", Long.toString(fp.pid()))
        .start()
        .waitFor();

    assertThat(fp.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(fp.exitValue()).isEqualTo(background ? 143 : 130);
    assertThat(ours()).isEmpty();
    for (SuiteService service : SuiteService.values()) {
      assertThat(directory().log(service).tail())
          .as("%s ended by itself", service.id())
          .contains("drained");
    }
  }

  /** Linux says which signals a process ignores, as a mask whose second bit is SIGINT. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private void startFp() throws IOException {
    Path output = data.resolveSibling(data.getFileName() + ".out");
    fp =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-D" + Installation.PROPERTY + "=" + Installation.find().root(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Fp.class.getName(),
                "up",
                "--data",
                data.toString(),
                "--ports",
                "free")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Awaitility.await("fp up is ready")
        .atMost(PATIENCE)
        .failFast(
            () -> {
              if (!fp.isAlive()) {
                throw new AssertionError(Files.readString(output));
              }
            })
        .until(() -> directory().running().isPresent());
  }

  private static boolean answers(Suite suite, SuiteService service) {
    try {
      suite.channel(service).resetConnectBackoff();
      return EventFeedServiceGrpc.newBlockingStub(suite.channel(service))
              .withCallCredentials(suite.tokens().as("suite-test", Role.SERVICE))
              .withDeadlineAfter(5, TimeUnit.SECONDS)
              .getPartitions(GetPartitionsRequest.getDefaultInstance())
              .getPartitionsCount()
          > 0;
    } catch (StatusRuntimeException _) {
      return false;
    }
  }

  private SuiteDirectory directory() {
    return new SuiteDirectory(data);
  }

  /** The processes whose command line names this test's directory, {@code fp} itself but. */
  private List<ProcessHandle> ours() {
    List<ProcessHandle> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(process -> fp == null || process.pid() != fp.pid())
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(argument -> argument.contains(data.toString())))
        .forEach(found::add);
    return found;
  }

  private static final class Heard implements SuiteListener {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<SuiteService> died = new CopyOnWriteArrayList<>();

    @Override
    public void step(String what) {
      steps.add(what);
    }

    @Override
    public void died(SuiteService service, int exitCode, Duration restartIn) {
      died.add(service);
    }
  }
}
