package dev.fourthpillar.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a suite listens. */
final class PortsTest {
  @Test
  void theUsualOnesAreThoseOfTheDocuments() {
    assertThat(Ports.usual().numbers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                SuitePort.BUDGET, 50_051,
                SuitePort.USAGE, 50_052,
                SuitePort.COMP, 50_053,
                SuitePort.BUDGET_MANAGEMENT, 8_081,
                SuitePort.USAGE_MANAGEMENT, 8_082,
                SuitePort.COMP_MANAGEMENT, 8_083,
                SuitePort.OTLP_GRPC, 4_317,
                SuitePort.OTLP_HTTP, 4_318));
  }

  @Test
  void freeOnesAreAllDifferentAndFree() {
    Ports ports = Ports.free();

    assertThat(ports.numbers().values())
        .doesNotHaveDuplicates()
        .as("no outgoing connection is given one of these")
        .allMatch(port -> port < 32_768);
    ports.requireFree();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports ports = Ports.free().with(Map.of(SuitePort.OTLP_HTTP, taken.getLocalPort()));

      assertThatThrownBy(ports::requireFree)
          .isInstanceOf(SuiteException.class)
          .hasMessageContaining("otlp-http=" + taken.getLocalPort())
          .hasMessageContaining("--ports");
    }
  }

  @Test
  void oneNumberForTwoPortsIsRefused() {
    assertThatThrownBy(() -> Ports.usual().with(Map.of(SuitePort.USAGE, 50_051)))
        .hasMessageContaining("expected: all different");
  }

  @Test
  void aNameThatIsNoneIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> SuitePort.of("telemetry"))
        .hasMessageContaining("'telemetry'")
        .hasMessageContaining("otlp-grpc");
  }
}
