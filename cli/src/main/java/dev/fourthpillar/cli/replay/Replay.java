package dev.fourthpillar.cli.replay;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.cli.replay.OtlpSender.Answer;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpJson;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import dev.fourthpillar.usage.replay.Retiming;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends recorded exports to a receiver, as they were or as a new run. */
final class Replay {
  /**
   * A receiver that is busy, or starts again, is asked again after 0.2, 0.4, 0.8, … at most 5 s.
   */
  static final int MAX_ATTEMPTS = 15;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * What one export carried, in the encoding in which it is sent.
   *
   * @param name for messages: the file
   */
  record Export(String name, OtlpSignal signal, ByteString body) {}

  private final OtlpSender sender;
  private final int parallel;

  /**
   * @param parallel how many requests are under way at a time, 1 or more
   */
  Replay(OtlpSender sender, int parallel) {
    this.sender = sender;
    this.parallel = parallel;
  }

  /** The captures as another run of the same, that ends at {@code end}. */
  static List<ExportRequest> another(List<ExportRequest> exports, Instant end, String salt) {
    Duration shift = Duration.between(Times.of(exports).last(), end).truncatedTo(ChronoUnit.MILLIS);
    Retiming retiming = new Retiming(shift, salt);
    return exports.stream().map(retiming::apply).toList();
  }

  /** The bodies of exports that were changed, as this replay's protocol writes them. */
  List<Export> written(List<Capture> captures, List<ExportRequest> exports) {
    List<Export> written = new ArrayList<>();
    for (int i = 0; i < exports.size(); i++) {
      ExportRequest export = exports.get(i);
      written.add(new Export(captures.get(i).name(), export.signal(), write(export)));
    }
    return written;
  }

  /** The bodies as they were received, where the protocol writes them the same way. */
  List<Export> untouched(List<Capture> captures) {
    return captures.stream()
        .map(
            capture ->
                new Export(
                    capture.name(),
                    capture.signal(),
                    capture.encoding() == sender.encoding()
                        ? capture.body()
                        : write(capture.decode())))
        .toList();
  }

  private ByteString write(ExportRequest export) {
    try {
      if (sender.encoding() == OtlpEncoding.JSON) {
        return ByteString.copyFromUtf8(OtlpJson.print(export));
      }
      return switch (export) {
        case ExportRequest.Logs logs -> logs.request().toByteString();
        case ExportRequest.Metrics metrics -> metrics.request().toByteString();
        case ExportRequest.Traces traces -> traces.request().toByteString();
      };
    } catch (InvalidProtocolBufferException e) {
      throw new ReplayException("cannot write an export as JSON", e);
    }
  }

  /**
   * Sends them all, in their order as far as the number under way lets them keep it.
   *
   * @return the receiver's warnings
   * @throws ReplayException when one was refused, or the receiver stayed busy
   */
  List<String> send(List<Export> exports) {
    List<String> warnings = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      List<Future<Answer.Taken>> answers =
          exports.stream().map(export -> threads.submit(() -> send(export))).toList();
      try {
        for (int i = 0; i < exports.size(); i++) {
          Answer.Taken taken = answers.get(i).get();
          if (taken.rejected() > 0 || !taken.message().isEmpty()) {
            warnings.add(
                "%s: %d records rejected; %s"
                    .formatted(exports.get(i).name(), taken.rejected(), taken.message()));
          }
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof ReplayException ours
            ? ours
            : new ReplayException("cannot send", e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new ReplayException("interrupted", e);
      }
    }
    return warnings;
  }

  private Answer.Taken send(Export export) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      switch (sender.send(export.signal(), export.body())) {
        case Answer.Taken taken -> {
          return taken;
        }
        case Answer.Refused(String message) ->
            throw new ReplayException(export.name() + " was refused: " + message);
        case Answer.Busy(String message) -> {
          if (attempt == MAX_ATTEMPTS) {
            throw new ReplayException(
                "%s was not taken in %d attempts: %s"
                    .formatted(export.name(), MAX_ATTEMPTS, message));
          }
          Thread.sleep(pause);
          Duration doubled = pause.multipliedBy(2);
          pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
      }
    }
  }
}
