package dev.fourthpillar.cli.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a process writes, in a file of bounded size: full, it becomes {@code .1}, and what was
 * {@code .1} is gone.
 */
record LogFile(Path path, long maxBytes) {
  static final long DEFAULT_MAX_BYTES = 16L << 20;
  private static final int BUFFER_BYTES = 8_192;
  private static final int TAIL_BYTES = 4_096;

  /** Copies until the stream ends. A disk that takes nothing more must not stop the process. */
  void copy(InputStream from) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    OutputStream out = open();
    try {
      long written = Files.size(path);
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        try {
          if (written + read > maxBytes) {
            out.close();
            Files.move(path, older(), StandardCopyOption.REPLACE_EXISTING);
            out = open();
            written = 0;
          }
          out.write(buffer, 0, read);
          written += read;
        } catch (IOException _) {
          // Lost is the line, not the service.
        }
      }
    } finally {
      out.close();
    }
  }

  /** The last lines, for an error message. */
  String tail() {
    if (!Files.exists(path)) {
      return "";
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }

  private Path older() {
    return path.resolveSibling(path.getFileName() + ".1");
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
