package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.replay.Protocol;
import dev.fourthpillar.cli.replay.ReplayOrder;
import dev.fourthpillar.cli.replay.Replayer;
import dev.fourthpillar.cli.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Usage arrives: recorded telemetry of real tools, and a provider's usage objects. */
final class UsageChapter implements Chapter {
  private static final Duration BEFORE_THE_END = Duration.ofMinutes(20);

  /**
   * A recorded run and whose it is.
   *
   * @param credential who sends it; empty = a shared exporter, and the telemetry itself says whose
   */
  private record Run(String name, String tool, Protocol protocol, Optional<String> credential) {}

  private static final List<Run> RUNS =
      List.of(
          new Run("claude-tools", "Claude Code", Protocol.GRPC, Optional.of(Company.ADA)),
          new Run("claude-identity", "Claude Code", Protocol.HTTP_PROTOBUF, Optional.empty()),
          new Run("codex-identity", "Codex CLI", Protocol.GRPC, Optional.of(Company.ADA)),
          new Run("gemini-tools", "Gemini CLI", Protocol.HTTP_JSON, Optional.of(Company.ADA)),
          new Run("claude-agent", "Claude Code", Protocol.GRPC, Optional.of(Company.NOOR)));

  @Override
  public String title() {
    return "Usage arrives: telemetry of real tools, and a provider's usage objects (usage-service)";
  }

  @Override
  public void play(Scene scene) {
    telemetry(scene);
    Recorder recorder = new Recorder(scene);
    recorder.recordTheGatewaysCallAgain();
    List<Report> reports =
        new UsageGenerator(scene.options().seed(), scene.calendar().asOf())
            .reports(Workload.of(scene.calendar()));
    recorder.record(reports);
    scene
        .narrator()
        .say(
            "%,d usage objects of four engineers were recorded, from %s to %s."
                .formatted(reports.size(), reports.getFirst().time(), reports.getLast().time()));
  }

  private static void telemetry(Scene scene) {
    Replayer replayer = new Replayer(scene.suite().ports(), scene.suite().tokens());
    Table table = new Table("tool", "sent over", "whose", ">exports");
    Path directory = temporary();
    try {
      for (Run run : RUNS) {
        scene.steps().begin();
        Replayer.Sent sent =
            replayer.send(
                new ReplayOrder(
                    Captures.unpack(run.name(), directory),
                    run.protocol(),
                    false,
                    scene.ids().of(run.name()),
                    false,
                    1,
                    1,
                    run.credential()),
                scene.calendar().asOf().minus(BEFORE_THE_END));
        table.row(
            run.tool(), run.protocol(), run.credential().orElse("says so itself"), sent.exports());
      }
    } finally {
      delete(directory);
    }
    scene.narrator().show(table);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("fourthpillar-captures-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
