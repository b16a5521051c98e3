package dev.fourthpillar.testkit.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An image that the build has made, as files.
 *
 * @param root its file system
 * @param config what it says of how it is run, as JSON
 */
public record UnpackedImage(Path root, String config) {
  private static final Pattern CONFIG = Pattern.compile("\"Config\":\"([^\"]+)\"");
  private static final Pattern LAYERS = Pattern.compile("\"Layers\":\\[([^]]*)]");
  private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

  /** From the tar that jib and {@code docker save} write, into an empty folder. */
  public static UnpackedImage of(Path tar, Path into) throws IOException, InterruptedException {
    Path parts = Files.createDirectories(into.resolve("parts"));
    Path root = Files.createDirectories(into.resolve("root"));
    unpack(tar, parts);
    String manifest = Files.readString(parts.resolve("manifest.json"));
    Matcher layer = NAME.matcher(first(LAYERS, manifest));
    while (layer.find()) {
      unpack(parts.resolve(layer.group(1)), root);
    }
    return new UnpackedImage(root, Files.readString(parts.resolve(first(CONFIG, manifest))));
  }

  /** Its class path, where it is unpacked. */
  public String classPath() throws IOException {
    return Stream.of(read("app/jib-classpath-file").split(":", -1))
        .map(entry -> root + entry)
        .reduce((all, entry) -> all + ":" + entry)
        .orElseThrow();
  }

  public String mainClass() throws IOException {
    return read("app/jib-main-class-file");
  }

  private String read(String file) throws IOException {
    return Files.readString(root.resolve(file)).strip();
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException("manifest.json: " + text + " (expected: " + pattern + ")");
    }
    return found.group(1);
  }

  /** With times as they are: the virtual machine compares those of jars. */
  private static void unpack(Path tar, Path into) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "tar", "--warning=no-unknown-keyword", "-xf", tar.toString(), "-C", into.toString());
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " ended with " + process.exitValue());
    }
  }
}
