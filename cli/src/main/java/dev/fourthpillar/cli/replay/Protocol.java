package dev.fourthpillar.cli.replay;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The ways in which tools send telemetry. */
public enum Protocol {
  GRPC,
  HTTP_PROTOBUF,
  HTTP_JSON;

  /**
   * By what people type: {@code http-protobuf}, or {@code http/protobuf} as OpenTelemetry has it.
   */
  public static Protocol of(String label) {
    String name = label.toUpperCase(Locale.ROOT).replace('-', '_').replace('/', '_');
    return Arrays.stream(values())
        .filter(protocol -> protocol.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "protocol: '%s' (expected: one of %s)".formatted(label, labels())));
  }

  public static List<String> labels() {
    return Arrays.stream(values())
        .map(protocol -> protocol.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }
}
