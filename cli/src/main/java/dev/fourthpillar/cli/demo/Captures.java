package dev.fourthpillar.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The recorded runs of real tools that come with {@code fp}, as folders. */
final class Captures {
  private static final String ROOT = "/dev/fourthpillar/cli/captures/";

  private Captures() {}

  /** Writes the files of one run into the directory; returns their folder. */
  static Path unpack(String run, Path directory) {
    try {
      Path folder = Files.createDirectories(directory.resolve(run));
      for (String file : files()) {
        if (file.startsWith(run + "/")) {
          try (InputStream in = open(file)) {
            Files.write(directory.resolve(file), in.readAllBytes());
          }
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar has no folders that could be listed. */
  private static List<String> files() throws IOException {
    try (InputStream in = open("index.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static InputStream open(String file) {
    InputStream in = Captures.class.getResourceAsStream(ROOT + file);
    if (in == null) {
      throw new IllegalStateException(ROOT + file + " is not on the class path");
    }
    return in;
  }
}
