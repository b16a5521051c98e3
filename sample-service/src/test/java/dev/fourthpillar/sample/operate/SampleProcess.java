package dev.fourthpillar.sample.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.sample.SampleApplication;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A replica as a process of its own, with all that it writes to its standard streams. */
final class SampleProcess implements AutoCloseable {
  /** A start takes seconds; more is a defect or a machine that does nothing else. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;
  private final Thread reader;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private SampleProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Starts a process; what it does not find in the settings it takes from its configuration. */
  static SampleProcess launch(Settings settings, String logFormat) {
    return command(settings, logFormat);
  }

  /** The same with a command and its arguments: {@code migrate}, {@code check}. */
  static SampleProcess command(Settings settings, String logFormat, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SampleApplication.class.getName()));
    command.addAll(List.of(words));
    settings.properties().forEach((key, value) -> command.add("--" + key + "=" + value));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LOG_FORMAT", logFormat);
    try {
      return new SampleProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a replica and returns when it is ready. */
  static SampleProcess start(Settings settings, String logFormat) {
    SampleProcess process = launch(settings, logFormat);
    try (SampleClient client = settings.client()) {
      Awaitility.await("readiness")
          .atMost(PATIENCE)
          .failFast("ended early", () -> !process.process.isAlive())
          .ignoreExceptions()
          .until(() -> client.get("/health/readiness").statusCode() == 200);
    } catch (RuntimeException e) {
      process.close();
      throw new AssertionError(String.join("\n", process.lines), e);
    }
    return process;
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output lost: " + e + ")");
    }
  }

  /** What it has written so far; after {@link #awaitExit} everything. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  void awaitLine(String part) {
    Awaitility.await("a line with '" + part + "'")
        .atMost(PATIENCE)
        .until(() -> lines.stream().anyMatch(line -> line.contains(part)));
  }

  /** SIGTERM, as Kubernetes and Ctrl-C end a process. */
  void terminate() {
    process.toHandle().destroy(); // Process.destroy() would close the streams as well
  }

  /** The exit code, within the limit. */
  int awaitExit(Duration limit) throws InterruptedException {
    assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
        .as("ended within %s; it wrote:%n%s", limit, String.join("\n", lines))
        .isTrue();
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
