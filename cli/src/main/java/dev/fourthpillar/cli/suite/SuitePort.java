package dev.fourthpillar.cli.suite;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ports of a suite, all on 127.0.0.1. */
public enum SuitePort {
  BUDGET(50_051),
  USAGE(50_052),
  COMP(50_053),
  BUDGET_MANAGEMENT(8_081),
  USAGE_MANAGEMENT(8_082),
  COMP_MANAGEMENT(8_083),
  OTLP_GRPC(4_317),
  OTLP_HTTP(4_318);

  private final int usual;

  SuitePort(int usual) {
    this.usual = usual;
  }

  /** Where it is unless told otherwise. */
  public int usual() {
    return usual;
  }

  /** What people type: {@code otlp-grpc}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException naming what would have been a port
   */
  public static SuitePort of(String label) {
    return Arrays.stream(values())
        .filter(port -> port.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "port: '%s' (expected: one of %s)"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(SuitePort::label)
                                .collect(Collectors.joining(", ")))));
  }
}
