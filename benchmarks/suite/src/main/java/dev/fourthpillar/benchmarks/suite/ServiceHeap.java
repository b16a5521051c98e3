package dev.fourthpillar.benchmarks.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a service's heap holds that is still needed. */
final class ServiceHeap {
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private final long pid;

  ServiceHeap(long pid) {
    this.pid = pid;
  }

  /** After a collection. */
  double liveMebibytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    // One line for each generation.
    long kibibytes =
        USED.matcher(jcmd("GC.heap_info"))
            .results()
            .mapToLong(generation -> Long.parseLong(generation.group(1)))
            .sum();
    if (kibibytes == 0) {
      throw new IllegalStateException("jcmd tells no used heap of process " + pid);
    }
    return kibibytes / 1024.0;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
    return output;
  }
}
