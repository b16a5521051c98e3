package dev.fourthpillar.cli.pay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.type.Date;
import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.PayPeriod;
import dev.fourthpillar.comp.v1.Treatment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An offer as people write it. */
final class OfferFileTest {
  @TempDir private Path folder;

  @Test
  void amountsDaysAndNamesAreThoseOfPeople() throws IOException {
    CompensationPackage offer =
        read(
            """
            start_date: 2026-01-01
            term_years: 4
            base:
              amount: 31,250.50 USD
              period: month
            sign_ons:
              - id: joining
                amount: 60000 USD
            equity:
              - id: rsu
                shares: 1_000
                price: { amount: 200 USD, date: 2026-01-01 }
                grant_date: 2026-01-01
                schedule:
                  start_date: 2026-01-01
                  months_apart: 12
                  installments: 3
                  yearly_percents: [33.33, 33.33, 33.34]
            tokens:
              uncapped:
              treatment: needs-review
              overage_allowed: true
            """);

    assertThat(offer.getStartDate())
        .isEqualTo(Date.newBuilder().setYear(2026).setMonth(1).setDay(1).build());
    assertThat(offer.getTermYears()).isEqualTo(4);
    assertThat(offer.getBase().getAmount())
        .isEqualTo(
            Money.newBuilder()
                .setCurrencyCode("USD")
                .setUnits(31_250)
                .setNanos(500_000_000)
                .build());
    assertThat(offer.getBase().getPeriod()).isEqualTo(PayPeriod.PAY_PERIOD_MONTH);
    assertThat(offer.getEquity(0).getShares()).isEqualTo(1000);
    assertThat(offer.getEquity(0).getSchedule().getYearlyPercentsList())
        .as("exact, and no binary fractions")
        .extracting(Decimal::getValue)
        .containsExactly("33.33", "33.33", "33.34");
    assertThat(offer.getTokens().hasUncapped()).isTrue();
    assertThat(offer.getTokens().getTreatment()).isEqualTo(Treatment.TREATMENT_NEEDS_REVIEW);
    assertThat(offer.getTokens().getOverageAllowed()).isTrue();
  }

  @Test
  void whatIsWrongIsNamedWithWhatWasExpected() {
    refused("bases: {}", "bases (expected: one of start_date, term_years, base,");
    refused("base: { amount: 12 }", "base.amount: 12 (expected: an amount and a currency");
    refused("base: { amount: 1.2.3 USD }", "base.amount: 1.2.3 USD (expected: an amount");
    refused("base: 12 USD", "base: 12 USD (expected: fields)");
    refused("start_date: 2026-02-30", "start_date: 2026-02-30 (expected: a day");
    refused("term_years: four", "term_years: four (expected: a whole number, 0 to 2147483647)");
    refused(
        "base: { period: fortnight }", "base.period: fortnight (expected: one of year, quarter");
    refused("sign_ons: joining", "sign_ons: joining (expected: a list)");
    refused(
        "tokens: { amount: 1 USD, uncapped: {} }",
        "tokens: uncapped (expected: only one of it and amount)");
    refused("term_years: 1\nterm_years: 2", "duplicate key term_years");
    refused("base: [", "is no YAML");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> OfferFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("none.yaml: cannot be read");
  }

  private void refused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("offer.yaml: ")
        .hasMessageContaining(message);
  }

  private CompensationPackage read(String yaml) throws IOException {
    return OfferFile.read(Files.writeString(folder.resolve("offer.yaml"), yaml));
  }
}
