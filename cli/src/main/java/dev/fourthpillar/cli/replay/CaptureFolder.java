package dev.fourthpillar.cli.replay;

import com.google.protobuf.ByteString;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of recorded exports: {@code NNNN-<signal>-<transport>.bin}, the body of one request as
 * protobuf, or the same with {@code .json} where the body was JSON. Where both are there, the JSON
 * is a reading aid. Other files are passed over.
 */
final class CaptureFolder {
  /** More is not a recorded run but a mistaken folder. */
  static final int MAX_FILES = 10_000;

  static final long MAX_FILE_BYTES = 64L << 20;

  private static final Pattern FILE =
      Pattern.compile("([0-9]{4,6}-(logs|metrics|traces)-[a-z0-9-]+)\\.(bin|json)");

  private CaptureFolder() {}

  /**
   * The exports in the order in which they arrived.
   *
   * @throws ReplayException when there are none, or one cannot be read
   */
  static List<Capture> read(Path folder) {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(folder)) {
      // Sorted, .bin comes before .json and stays.
      listed.sorted().limit(MAX_FILES + 1L).forEach(file -> add(files, file));
    } catch (IOException e) {
      throw new ReplayException("cannot read " + folder, e);
    }
    if (files.isEmpty()) {
      throw new ReplayException(
          folder + ": no captures (expected: files such as 0001-logs-grpc.bin)");
    }
    if (files.size() > MAX_FILES) {
      throw new ReplayException(
          "%s: too many files (expected: at most %d)".formatted(folder, MAX_FILES));
    }
    return files.values().stream().map(CaptureFolder::capture).toList();
  }

  private static void add(Map<String, Path> files, Path file) {
    Matcher matcher = FILE.matcher(file.getFileName().toString());
    if (matcher.matches()) {
      files.putIfAbsent(matcher.group(1), file);
    }
  }

  private static Capture capture(Path file) {
    String name = file.getFileName().toString();
    Matcher matcher = FILE.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(name);
    }
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new ReplayException(
            "%s: %d bytes (expected: at most %d)"
                .formatted(name, Files.size(file), MAX_FILE_BYTES));
      }
      return new Capture(
          name,
          OtlpSignal.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
          matcher.group(3).equals("bin") ? OtlpEncoding.PROTOBUF : OtlpEncoding.JSON,
          ByteString.copyFrom(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new ReplayException("cannot read " + file, e);
    }
  }
}
