package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.suite.Suite;
import java.util.List;

/**
 * What every chapter has at hand.
 *
 * @param ids of requests and holds: the same for the same story
 */
record Scene(
    Suite suite,
    Api api,
    Narrator narrator,
    Await await,
    Steps steps,
    DemoOptions options,
    List<Employee> employees,
    Ids ids,
    Findings findings) {

  Calendar calendar() {
    return options.calendar();
  }

  /** Ids of this story. */
  record Ids(String prefix) {
    static Ids of(DemoOptions options) {
      return new Ids(
          "demo-%d-%d".formatted(options.seed(), options.calendar().asOf().getEpochSecond()));
    }

    String of(String name) {
      return prefix + "-" + name;
    }
  }
}
