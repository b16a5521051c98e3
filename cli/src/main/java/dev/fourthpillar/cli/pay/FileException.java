package dev.fourthpillar.cli.pay;

import java.nio.file.Path;

/** A file that cannot be taken: which one, where in it, what was there and what was expected. */
public final class FileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FileException(Path file, String message) {
    super(file + ": " + message);
  }

  public FileException(Path file, String message, Throwable cause) {
    super(file + ": " + message, cause);
  }
}
