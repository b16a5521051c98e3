package dev.fourthpillar.benchmarks.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process takes of memory, as Linux counts it against a container's limit. */
final class ResidentMemory {
  private static final Pattern NOW = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern MOST = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  private final Path status;

  ResidentMemory(long pid) {
    this.status = Path.of("/proc", Long.toString(pid), "status");
  }

  double mebibytes() {
    return read(NOW);
  }

  /** The most it has ever taken. */
  double peakMebibytes() {
    return read(MOST);
  }

  private double read(Pattern line) {
    try {
      Matcher found = line.matcher(Files.readString(status));
      if (!found.find()) {
        throw new IllegalStateException(status + " has no line like " + line);
      }
      return Long.parseLong(found.group(1)) / 1024.0;
    } catch (IOException e) {
      throw new UncheckedIOException("only Linux tells it, of a process that runs", e);
    }
  }
}
