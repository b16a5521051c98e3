package dev.fourthpillar.helm;

import dev.fourthpillar.testkit.image.UnpackedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * An image that the build has made, unpacked. It has no base, so this machine's Java and C library
 * are mounted in its place; one with a base, which {@code -Dfourthpillar.images=image.tar} chooses,
 * has to bring its own.
 *
 * @param root the file system
 * @param config what the image says of how it is run
 */
record Image(Path root, Map<String, Object> config) {
  /** In a mount namespace of its own: everything read-only but /tmp, as nobody in particular. */
  private static final String CONFINED =
      """
      set -e
      root=$1; java=$2; shift 2
      mount --bind "$root" "$root"
      mkdir -p "$root/opt/java" "$root/proc" "$root/dev" "$root/tmp"
      path=/opt/java/openjdk/bin
      if [ ! -x "$root$path/java" ]; then
        path=/opt/java/bin
        mount --bind "$java" "$root/opt/java"
        for directory in /lib /lib64 /usr/lib; do
          [ -d "$directory" ] || continue
          mkdir -p "$root$directory"; mount --rbind "$directory" "$root$directory"
        done
      fi
      mount --rbind /proc "$root/proc"
      mount --rbind /dev "$root/dev"
      mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
      mount -o remount,bind,ro "$root"
      chroot=$(PATH=$PATH:/usr/sbin:/sbin command -v chroot)
      exec env PATH=$path "$chroot" --userspec=10001:10001 "$root" "$@"
      """;

  /** Whether this machine lets us mount. */
  static boolean canBeConfined() {
    try {
      return new ProcessBuilder("unshare", "--mount", "true").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static Path tar(String module) {
    return Charts.SOURCES
        .resolve("..")
        .resolve(module)
        .resolve("target")
        .resolve(System.getProperty("fourthpillar.images", "image-without-base.tar"));
  }

  static Image unpack(Path tar, Path into) throws IOException, InterruptedException {
    UnpackedImage image = UnpackedImage.of(tar, into);
    return new Image(image.root(), new Yaml().load(image.config()));
  }

  @SuppressWarnings("unchecked")
  List<String> entrypoint() {
    return (List<String>) Charts.at(config, "config.Entrypoint");
  }

  /** Runs a command of the image as Kubernetes would; whoever wants to has to be root. */
  Process start(Map<String, String> environment, Path log, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                CONFINED,
                "sh",
                root.toString(),
                System.getProperty("java.home")));
    command.addAll(entrypoint());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> own = builder.environment();
    String path = own.get("PATH");
    own.clear();
    own.put("PATH", path);
    if (Charts.at(config, "config.Env") instanceof List<?> variables) {
      for (Object variable : variables) {
        String[] parts = variable.toString().split("=", 2);
        if (!parts[0].equals("PATH")) {
          own.put(parts[0], parts[1]);
        }
      }
    }
    own.putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
