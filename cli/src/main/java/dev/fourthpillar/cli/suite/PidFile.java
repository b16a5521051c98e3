package dev.fourthpillar.cli.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which process a suite started, so that the next one finds it when this one was killed. A pid may
 * belong to anybody by then: a process is believed to be ours only if it started when ours did and
 * carries this suite's mark on its command line.
 */
record PidFile(Path file, String mark) {
  /** The system derives start times from its clock, which may have been set since. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  void write(ProcessHandle process) {
    try {
      Files.writeString(file, process.pid() + " " + startedAt(process).toEpochMilli() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that was left behind, if it still runs. */
  Optional<ProcessHandle> leftBehind() {
    String[] written = read().strip().split(" ", -1);
    if (written.length != 2 || !(written[0] + written[1]).matches("[0-9]{2,30}")) {
      return Optional.empty();
    }
    Instant started = Instant.ofEpochMilli(Long.parseLong(written[1]));
    return ProcessHandle.of(Long.parseLong(written[0]))
        .filter(ProcessHandle::isAlive)
        .filter(process -> isSame(startedAt(process), started))
        .filter(this::carriesMark);
  }

  private String read() {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean carriesMark(ProcessHandle process) {
    return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(mark::equals);
  }

  private static boolean isSame(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
  }

  private static Instant startedAt(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
