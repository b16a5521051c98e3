package dev.fourthpillar.sample.architecture;

import static dev.fourthpillar.testkit.architecture.LayeringRule.OUTPUT_GOES_TO_THE_LOG;

import dev.fourthpillar.testkit.architecture.LayeringRules;
import org.junit.jupiter.api.Test;

/** The sample service is layered as every service is to be. */
final class LayeringTest {
  @Test
  void theSampleServiceIsLayered() {
    LayeringRules.of("dev.fourthpillar.sample")
        .except(
            OUTPUT_GOES_TO_THE_LOG,
            "dev.fourthpillar.sample.LocalSample",
            "it is the command line, and tokens do not belong into a log")
        .check();
  }
}
