package dev.fourthpillar.usage;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.fourthpillar.usage.normalise.Normaliser;
import dev.fourthpillar.usage.normalise.Readings;
import dev.fourthpillar.usage.normalise.Reception;
import dev.fourthpillar.usage.otlp.Decoding;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpCompression;
import dev.fourthpillar.usage.otlp.OtlpDecoder;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import dev.fourthpillar.usage.otlp.TelemetryReader;
import dev.fourthpillar.usage.telemetry.AttributePolicy;
import dev.fourthpillar.usage.unit.UnitBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The recorded runs, and the short way from one of their files to units. */
public final class Captures {

  /** Counted by a metric, in which calls are not told apart. */
  public static final String WINDOWS = "openclaw-multi";

  public static final List<String> FOLDERS =
      List.of(
          "claude-agent",
          "claude-identity",
          "claude-tools",
          "claude-tools-httpjson",
          "claude-tools-slow-cumulative",
          "codex-deltas",
          "codex-identity",
          "gemini-tools",
          "gemini-tools-http",
          "copilot-tools",
          "aisdk-default",
          WINDOWS);

  /** A few minutes after the last of them was recorded. */
  public static final Instant RECEIVED_AT = Instant.parse("2026-11-20T17:00:00Z");

  public static final Reception RECEPTION = Reception.anonymous(RECEIVED_AT);

  private static final TelemetryReader READER = new TelemetryReader(AttributePolicy.standard());

  private Captures() {}

  /**
   * One export as it was on the wire, or in the other encoding where the folder has it in one only.
   */
  public static List<ExportRequest> exports(String folder, OtlpEncoding encoding) {
    try (Stream<Path> files = Files.list(folder(folder))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("\\d{4}-.*"))
              .map(name -> name.substring(0, name.lastIndexOf('.')))
              .distinct()
              .sorted()
              .toList();
      return names.stream().map(name -> export(folder(folder), name, encoding)).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static ExportRequest export(Path folder, String name, OtlpEncoding encoding) {
    Path binary = folder.resolve(name + ".bin");
    Path json = folder.resolve(name + ".json");
    boolean asJson =
        switch (encoding) {
          case JSON -> Files.exists(json);
          case PROTOBUF -> !Files.exists(binary);
        };
    ExportRequest export =
        decode(
            signal(name),
            asJson ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF,
            bytes(asJson ? json : binary));
    return asJson && encoding == OtlpEncoding.PROTOBUF
        ? decode(signal(name), OtlpEncoding.PROTOBUF, message(export).toByteString())
        : export;
  }

  public static ExportRequest decode(OtlpSignal signal, OtlpEncoding encoding, ByteString body) {
    return switch (OtlpDecoder.decode(signal, encoding, OtlpCompression.NONE, body)) {
      case Decoding.Accepted(ExportRequest export) -> export;
      case Decoding.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  public static Message message(ExportRequest export) {
    return switch (export) {
      case ExportRequest.Logs logs -> logs.request();
      case ExportRequest.Metrics metrics -> metrics.request();
      case ExportRequest.Traces traces -> traces.request();
    };
  }

  public static Readings read(ExportRequest export) {
    return read(export, RECEPTION);
  }

  public static Readings read(ExportRequest export, Reception reception) {
    return Normaliser.read(READER.read(export), reception);
  }

  public static UnitBook book(List<ExportRequest> exports) {
    UnitBook book = new UnitBook();
    for (ExportRequest export : exports) {
      Readings readings = read(export);
      readings.lower().forEach(book::accept);
      readings.counted().forEach(book::accept);
    }
    return book;
  }

  /** Those of which every call is told apart. */
  public static List<String> ofCalls() {
    return FOLDERS.stream().filter(folder -> !folder.equals(WINDOWS)).toList();
  }

  public static Struct expected(String folder) {
    return json(bytes(folder(folder).resolve("expected.json")).toStringUtf8());
  }

  public static List<Struct> ledger(String folder) {
    return bytes(folder(folder).resolve("ledger.jsonl"))
        .toStringUtf8()
        .lines()
        .filter(line -> !line.isBlank())
        .map(Captures::json)
        .toList();
  }

  public static List<Path> jsonFiles(String folder) {
    try (Stream<Path> files = Files.list(folder(folder))) {
      return files.filter(file -> file.getFileName().toString().matches("\\d{4}-.*json")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static Struct json(String text) {
    try {
      Struct.Builder builder = Struct.newBuilder();
      JsonFormat.parser().merge(text, builder);
      return builder.build();
    } catch (InvalidProtocolBufferException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  public static ByteString bytes(Path file) {
    try {
      return ByteString.copyFrom(Files.readAllBytes(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static OtlpSignal signal(String name) {
    if (name.contains("-logs-")) {
      return OtlpSignal.LOGS;
    }
    return name.contains("-metrics-") ? OtlpSignal.METRICS : OtlpSignal.TRACES;
  }

  private static Path folder(String name) {
    try {
      URI resource = Captures.class.getResource("/otlp/" + name).toURI();
      return Path.of(resource);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
