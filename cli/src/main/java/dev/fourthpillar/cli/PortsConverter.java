package dev.fourthpillar.cli;

import dev.fourthpillar.cli.suite.Ports;
import dev.fourthpillar.cli.suite.SuitePort;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code free}, or {@code budget=50061,otlp-http=4328}: the usual ones but for those named. */
final class PortsConverter implements ITypeConverter<Ports> {
  private static final String FREE = "free";

  @Override
  public Ports convert(String value) {
    if (value.equals(FREE)) {
      return Ports.free();
    }
    try {
      Map<SuitePort, Integer> named = new EnumMap<>(SuitePort.class);
      for (String pair : value.split(",", -1)) {
        String[] sides = pair.split("=", 2);
        if (sides.length != 2 || !sides[1].matches("[0-9]{1,5}")) {
          throw new IllegalArgumentException(
              "'%s' (expected: free, or NAME=PORT,…)".formatted(value));
        }
        named.put(SuitePort.of(sides[0]), Integer.parseInt(sides[1]));
      }
      return Ports.usual().with(named);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
