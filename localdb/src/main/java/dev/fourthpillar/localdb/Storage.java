package dev.fourthpillar.localdb;

import java.nio.file.Path;
import java.util.Objects;

/** Where a server keeps its data, and whether the data outlives it. */
public sealed interface Storage {

  /** In a directory of the caller's, which is created when missing and never deleted. */
  record Kept(Path directory) implements Storage {
    public Kept {
      Objects.requireNonNull(directory, "directory");
    }
  }

  /** In a fresh directory below the system's temporary directory, deleted on close. */
  record Temporary() implements Storage {}
}
