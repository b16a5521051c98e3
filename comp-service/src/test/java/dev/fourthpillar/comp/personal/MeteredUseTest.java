package dev.fourthpillar.comp.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.comp.failure.RateMissing;
import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.metered.Balance;
import dev.fourthpillar.comp.metered.MeteredSum;
import dev.fourthpillar.comp.metered.Payer;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.statement.ComputeVersusSalary;
import dev.fourthpillar.comp.statement.Statement;
import dev.fourthpillar.comp.statement.StatementCalculator;
import dev.fourthpillar.comp.statement.StatementInput;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From sums of charges to the lenses of a person. */
final class MeteredUseTest {

  private static final LocalDate START = LocalDate.of(2026, 1, 1);
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final Currency SEK = Currency.getInstance("SEK");
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final FxTable USD_TO_SEK =
      new FxTable(
          List.of(
              new FxQuote(
                  "usd-sek",
                  Currency.getInstance("USD"),
                  SEK,
                  new BigDecimal("10.50"),
                  START,
                  "test")));

  @Test
  void stockholm_consumesMoreThanTheBase() {
    var statement = stockholm("600000", "150000");

    assertThat(statement.computeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_EXCEEDS_SALARY);
    // 750,000 / 720,000
    assertThat(statement.metrics().consumedRatio()).hasToString("104.17 %");
    is(statement.lenses().orElseThrow().consumed(), "750000.00");
    is(statement.lenses().orElseThrow().overage(), "150000.00");
    // 60 % of list
    is(statement.lenses().orElseThrow().employerCost(), "450000.00");
    // 75,000 USD at 10.50 are granted; 600,000 are settled.
    is(statement.lenses().orElseThrow().unspent(), "187500.00");
  }

  @Test
  void theFlagIsDecidedOnUnroundedAmounts() {
    assertThat(stockholm("719999.999999999", "0").computeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_NEARS_SALARY);
    assertThat(stockholm("720000", "0").computeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_EXCEEDS_SALARY);
    assertThat(stockholm("360000", "0").computeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_NEARS_SALARY);
    assertThat(stockholm("359999.999999999", "0").computeVersusSalary())
        .isEqualTo(ComputeVersusSalary.BELOW);
  }

  @Test
  void berlin_whatTheEmployerPaidStandsApartAndNothingOfAToolIsOnesOwn() {
    var use =
        MeteredUse.of(
            List.of(sum(Payer.EMPLOYER, "EUR", "4000", "2400")),
            List.of(balance("EUR", "45000", "0", "0")),
            Optional.of("budget-service/3/9"),
            EUR,
            FxTable.NONE,
            AS_OF);
    var statement = statement(use, tool("45000", "EUR"), "100000", EUR, FxTable.NONE);
    var lenses = statement.lenses().orElseThrow();

    is(lenses.employerFunded(), "4000.00");
    is(lenses.consumed(), "0.00");
    is(lenses.employerCost(), "0.00");
    is(lenses.realizable(), "0.00");
    is(lenses.portable(), "0.00");
    is(lenses.unspent(), "45000.00");
    assertThat(statement.computeVersusSalary()).isEqualTo(ComputeVersusSalary.BELOW);
    is(statement.metrics().shortfall(), "30000.00");
  }

  @Test
  void severalCurrenciesBecomeThatOfTheStatement() {
    var use =
        MeteredUse.of(
            List.of(sum(Payer.OWN, "SEK", "100", "60"), sum(Payer.EMPLOYER, "USD", "10", "6")),
            List.of(),
            Optional.of("budget-service/3/9"),
            SEK,
            USD_TO_SEK,
            AS_OF);

    assertThat(use.tokens().ownAtList()).isEqualTo(Money.of("100", "SEK"));
    assertThat(use.tokens().employerFundedAtList()).isEqualTo(Money.of("105", "SEK"));
    assertThat(use.tokens().unspent()).isEmpty();
    assertThat(use.rates())
        .singleElement()
        .satisfies(ref -> assertThat(ref.id()).isEqualTo("usd-sek"));
    assertThatThrownBy(
            () ->
                MeteredUse.of(
                    List.of(
                        sum(Payer.OWN, "SEK", "100", "60"), sum(Payer.EMPLOYER, "USD", "10", "6")),
                    List.of(),
                    Optional.empty(),
                    SEK,
                    FxTable.NONE,
                    AS_OF))
        .isInstanceOf(RateMissing.class);
  }

  @Test
  void oneCurrencyIsNotConvertedBeforeItsLine() {
    var use =
        MeteredUse.of(
            List.of(sum(Payer.OWN, "USD", "10", "6")),
            List.of(),
            Optional.empty(),
            SEK,
            USD_TO_SEK,
            AS_OF);

    assertThat(use.tokens().ownAtList()).isEqualTo(Money.of("10", "USD"));
    assertThat(use.rates()).isEmpty();
    assertThat(use.tokens().upTo()).isEqualTo("no charge so far");
  }

  @Test
  void theContractYearIsCountedFromTheStartWhereThePersonIs() {
    var years = CompensationPackage.of(LocalDate.of(2025, 3, 15), base("1", "SEK")).years();

    assertThat(ContractYear.of(years, LocalDate.of(2026, 3, 14)))
        .isEqualTo(new ContractYear(LocalDate.of(2025, 3, 15), LocalDate.of(2026, 3, 14)));
    var second = ContractYear.of(years, LocalDate.of(2026, 6, 30));
    assertThat(second)
        .isEqualTo(new ContractYear(LocalDate.of(2026, 3, 15), LocalDate.of(2027, 3, 14)));
    var stockholm = java.time.ZoneId.of("Europe/Stockholm");
    assertThat(second.from(stockholm)).isEqualTo(Instant.parse("2026-03-14T23:00:00Z"));
    assertThat(second.until(LocalDate.of(2026, 6, 30), stockholm))
        .isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
    assertThat(second.until(LocalDate.of(2030, 1, 1), stockholm))
        .isEqualTo(Instant.parse("2027-03-14T23:00:00Z"));
    // Before the start there is year 1, and nothing of it has passed.
    var first = ContractYear.of(years, LocalDate.of(2025, 1, 1));
    assertThat(first.first()).isEqualTo(LocalDate.of(2025, 3, 15));
    assertThat(first.until(LocalDate.of(2025, 1, 1), stockholm)).isEqualTo(first.from(stockholm));
  }

  /** Paid in SEK, granted 75,000 USD, in an account in SEK. */
  private static Statement stockholm(String own, String overage) {
    var use =
        MeteredUse.of(
            List.of(
                sum(Payer.OWN, "SEK", own, percent60(own)),
                sum(Payer.OVERAGE, "SEK", overage, percent60(overage))),
            List.of(balance("SEK", "787500", "600000", "0")),
            Optional.of("budget-service/3/9"),
            SEK,
            USD_TO_SEK,
            AS_OF);
    return statement(use, tool("75000", "USD"), "720000", SEK, USD_TO_SEK);
  }

  private static Statement statement(
      MeteredUse use, TokenBudget budget, String base, Currency currency, FxTable fx) {
    var pack =
        new CompensationPackage(
            START,
            4,
            base(base, currency.getCurrencyCode()),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(budget));
    return StatementCalculator.calculate(
        StatementInput.of(pack, AS_OF, currency, fx, new TokenUse.Metered(use.tokens())));
  }

  /** A tool, of which 30,000 are expected to be used. */
  private static TokenBudget tool(String amount, String currency) {
    var tool = TokenBudget.tool(new Entitlement.FixedMoney(Money.of(amount, currency)));
    return new TokenBudget(
        tool.entitlement(),
        tool.recurrence(),
        tool.guarantee(),
        tool.treatment(),
        tool.purchase(),
        tool.privateUse(),
        tool.cashConversion(),
        tool.portability(),
        Optional.of(Money.of("30000", currency)),
        true);
  }

  private static Base base(String amount, String currency) {
    return Base.yearly(Money.of(amount, currency));
  }

  private static String percent60(String amount) {
    return new BigDecimal(amount).multiply(new BigDecimal("0.6")).toPlainString();
  }

  private static MeteredSum sum(Payer payer, String currency, String atList, String cost) {
    return new MeteredSum(
        payer,
        currency,
        new BigDecimal(atList),
        new BigDecimal(cost),
        currency,
        new BigDecimal(atList),
        new BigDecimal(cost));
  }

  private static Balance balance(String currency, String granted, String settled, String portable) {
    var zero = new Amount(currency, 0);
    return new Balance(
        "engineers/x/" + currency,
        "x",
        1,
        1,
        amount(granted, currency),
        zero,
        amount(settled, currency),
        zero,
        zero,
        zero,
        Optional.of(amount(portable, currency)),
        Instant.parse("2026-06-30T12:00:00Z"));
  }

  private static Amount amount(String units, String currency) {
    return new Amount(currency, new BigDecimal(units).movePointRight(9).longValueExact());
  }

  private static void is(Figure figure, String amount) {
    assertThat(figure.amount().orElseThrow().amount()).isEqualByComparingTo(amount);
  }
}
