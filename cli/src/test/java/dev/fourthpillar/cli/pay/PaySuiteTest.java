package dev.fourthpillar.cli.pay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.cli.Fp;
import dev.fourthpillar.cli.suite.Ports;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.comp.v1.PackageServiceGrpc;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People and offers from files to tables, on the whole suite, as somebody types it. */
@Tag("suite")
final class PaySuiteTest {
  @TempDir private Path data;

  @TempDir private Path files;

  @Test
  void fromFilesToTables() throws Exception {
    Path offer =
        file(
            "ada.yaml",
            """
            start_date: 2025-01-15
            base: { amount: '180,000 USD' }
            equity:
              - id: rsu
                shares: 4800
                price: { amount: 25 USD, date: 2025-01-15 }
                grant_date: 2025-01-15
                schedule:
                  start_date: 2025-01-15
                  months_apart: 1
                  installments: 48
                  cliff_installment: 12
            """);
    Path tokens =
        file(
            "tokens.yaml",
            """
            start_date: 2025-01-15
            base: { amount: '160,000 USD' }
            tokens: { amount: '100,000 USD' }
            """);
    Path people =
        file(
            "people.csv",
            """
            engineer,display_name,country,time_zone,currency_code,start_date
            ada,"Lovelace, Ada",US,America/New_York,USD,2025-01-15
            bob,Bob,US,Nowhere/At all,USD,2025-01-15
            """);

    try (Suite suite =
        Suite.start(SuiteOptions.keptIn(data).on(Ports.free()), SuiteListener.SILENT)) {
      assertThat(fp(3, "people", "import", people.toString()))
          .contains("1 people recorded, 1 refused")
          .contains("row 2, bob: refused:")
          .contains("engineer.time_zone");
      put(suite, offer);

      // Worked case 13: 212 of 365 days of 180,000; 18 of 48 months vested.
      assertThat(fp(0, "leaver", "ada", "--on", "2026-07-31"))
          .containsPattern("kept +base earned in 2026 +104,547.95")
          .containsPattern("kept +equity rsu +45,000.00  1800 vested")
          .containsPattern("forfeited +equity rsu +75,000.00  3000 unvested")
          .contains("The next offer starts at 210,000.00 USD");
      assertThat(fp(0, "statement", "ada", "--on", "2026-07-31"))
          .contains("ada, as of 2026-07-31, in USD")
          .containsPattern("CLASSIC_TC +210,000.00 ");
      // (210,000 − 160,000) / 100,000.
      assertThat(fp(0, "compare", offer.toString(), tokens.toString()))
          .containsPattern("CLASSIC_TC +210,000.00 +160,000.00 +-50,000.00")
          .contains("worth 0.5000 of a unit of money");
      assertThat(fp(0, "explain", offer.toString(), "annualised.EQUITY.rsu"))
          .startsWith("annualised.EQUITY.rsu  30,000.00 USD")
          .contains("= shares × price / years of vesting")
          .contains("from 25.00 USD of 2025-01-15");

      assertThat(fp(3, "explain", offer.toString(), "annualised.NOTHING"))
          .contains("refused: the statement has no line 'annualised.NOTHING' (NOT_FOUND)");
      assertThat(fp(3, "leaver", "ada", "--on", "2024-12-31")).contains("(NOT_EMPLOYED)");
    }
    assertThat(fp(1, "statement", "ada")).contains("no suite runs on");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(files.resolve(name), text);
  }

  private static void put(Suite suite, Path offer) {
    var _ =
        PackageServiceGrpc.newBlockingStub(suite.channel(SuiteService.COMP))
            .withCallCredentials(suite.tokens().as("hr-tool", Role.HR))
            .putPackage(
                PutPackageRequest.newBuilder()
                    .setRequestId("offer")
                    .setEngineer("ada")
                    .setPackage(OfferFile.read(offer))
                    .build());
  }

  /** What a process of its own prints, on both its outputs. */
  private String fp(int exitCode, String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Fp.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isEqualTo(exitCode);
    return printed;
  }
}
