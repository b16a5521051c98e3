package dev.fourthpillar.comp.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.PayPeriod;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.vest.YearlyPercents;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;

/** Bad input gets one answer that names everything at fault. */
final class ChecksTest {

  @Test
  void aTreeOfPartsNamesEveryFieldByItsPathAtOnce() {
    var checks = new Checks();
    checks.at(
        "package.base",
        () ->
            new Base(
                Money.of("-1", "USD"), PayPeriod.YEAR, Percent.of("101"), Guarantee.CONTRACTUAL));
    checks.at(
        "package.equity[0].schedule.yearlyPercents", () -> YearlyPercents.of("33", "33", "133"));
    checks.at("package.tokens.purchase", () -> new PurchaseModel.PayAsYouGo(Percent.of("100.01")));
    var invalid = catchThrowableOfType(Invalid.class, checks::orThrow);
    assertThat(invalid.violations())
        .containsExactly(
            new Violation("package.base.amount", "-1.00 USD", "> 0"),
            new Violation("package.base.growthPerYear", "101 %", "-50 % to 100 %"),
            new Violation("package.equity[0].schedule.yearlyPercents[2]", "133 %", "0 % to 100 %"),
            new Violation(
                "package.equity[0].schedule.yearlyPercents",
                "199 % in total",
                "exactly 100 % in total"),
            new Violation("package.tokens.purchase.discount", "100.01 %", "0 % to 100 %"));
  }

  @Test
  void zeroBaseIsRefused() {
    assertThatThrownBy(() -> Base.yearly(Money.of("0", "USD")))
        .hasMessage("amount: 0.00 USD (expected: > 0)");
  }

  @Test
  void absurdAmountsAreRefusedBeforeTheyCostMemory() {
    var usd = Currency.getInstance("USD");
    assertThatThrownBy(() -> new Money(new BigDecimal("1E+1000000"), usd))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new Money(new BigDecimal("1E-19"), usd)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Money.of("1", "XAU")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Percent.of("1E+2000000000")).isInstanceOf(Invalid.class);
  }

  @Test
  void equalAmountsAreEqualObjects() {
    assertThat(Money.of("1E+2", "USD")).isEqualTo(Money.of("100.000", "USD"));
    assertThat(Money.of("100", "USD")).hasToString("100.00 USD");
    assertThat(Money.of("0.125", "USD")).hasToString("0.125 USD");
    assertThat(Percent.of("1E+1")).isEqualTo(Percent.of("10.0"));
  }

  @Test
  void aBrokenClientDoesNotFillTheAnswer() {
    var checks = new Checks();
    for (int i = 0; i < 1000; i++) {
      checks.that(false, "f" + i, "x".repeat(10_000), "less");
    }
    var invalid = catchThrowableOfType(Invalid.class, checks::orThrow);
    assertThat(invalid.violations()).hasSize(Checks.MAX_VIOLATIONS);
    assertThat(invalid.violations().getFirst().value()).hasSizeLessThan(100);
  }
}
