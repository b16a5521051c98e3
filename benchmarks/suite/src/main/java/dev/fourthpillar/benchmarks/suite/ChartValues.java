package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.cli.suite.SuiteService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service's chart gives a pod.
 *
 * @param cpuMillis requested, in thousandths of a processor
 * @param memoryMebibytes requested, and the limit
 * @param jvmOptions of the virtual machine
 */
record ChartValues(int cpuMillis, int memoryMebibytes, String jvmOptions) {
  private static final Path HOME = Path.of(System.getProperty("fourthpillar.home", "."));
  private static final Pattern CPU = Pattern.compile("(?ms)^resources:.*? cpu: (\\d+)m$");
  private static final Pattern MEMORY = Pattern.compile("(?ms)^resources:.*? memory: (\\d+[MG]i)$");
  private static final Pattern OPTIONS = Pattern.compile("(?ms)^jvm:.*?options: \"(.*?)\"$");

  static ChartValues of(SuiteService service) {
    Path file = HOME.resolve("helm").resolve(service.shortName()).resolve("values.yaml");
    try {
      String values = Files.readString(file);
      return new ChartValues(
          Integer.parseInt(first(CPU, values)),
          mebibytes(first(MEMORY, values)),
          first(OPTIONS, values));
    } catch (IOException e) {
      throw new UncheckedIOException("-Dfourthpillar.home names the repository", e);
    }
  }

  private static int mebibytes(String quantity) {
    int number = Integer.parseInt(quantity.substring(0, quantity.length() - 2));
    return quantity.endsWith("Gi") ? number * 1024 : number;
  }

  private static String first(Pattern pattern, String values) {
    Matcher found = pattern.matcher(values);
    if (!found.find()) {
      throw new IllegalStateException("values.yaml has nothing like " + pattern);
    }
    return found.group(1);
  }
}
