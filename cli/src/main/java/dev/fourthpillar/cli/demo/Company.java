package dev.fourthpillar.cli.demo;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.v1.Base;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.comp.v1.EquityGrant;
import dev.fourthpillar.comp.v1.SharePrice;
import dev.fourthpillar.comp.v1.TargetBonus;
import dev.fourthpillar.comp.v1.TokenBudget;
import dev.fourthpillar.comp.v1.TokenPurchase;
import dev.fourthpillar.comp.v1.Treatment;
import dev.fourthpillar.comp.v1.VestSchedule;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * The five engineers of the story and what they are paid. Figures are the story's, not the seed's.
 */
final class Company {
  static final String ADA = "ada";
  static final String GRACE = "grace";
  static final String SVEN = "sven";
  static final String LENA = "lena";
  static final String NOOR = "noor";

  /** In the capture of a Claude Code that was logged in. */
  static final String ADAS_EMAIL = "engineer-claude@example.test";

  /** What the employer pays less than the list, in percent; the price book is activated with it. */
  static final String DISCOUNT_PERCENT = "40";

  static final String USD_SEK = "10.50";
  static final String USD_EUR = "0.90";

  private static final int MONTHS_OF_FOUR_YEARS = 48;

  private Company() {}

  /** Everybody has been there since the first day of the year. */
  static List<Employee> employees(LocalDate firstDay) {
    return List.of(
        new Employee(
            engineer(ADA, "platform", "US", "America/New_York", "USD", firstDay)
                .addIdentities(
                    Identity.newBuilder()
                        .setKind(IdentityKind.IDENTITY_KIND_EMAIL)
                        .setValue(ADAS_EMAIL))
                .build(),
            pay(firstDay, "USD", "375000")
                .setTokens(tokens().setAmount(Monies.of("USD", "100000")))
                .build(),
            "375,000 of pay and 100,000 of tokens: about one dollar in five"),
        new Employee(
            engineer(GRACE, "platform", "US", "America/New_York", "USD", firstDay).build(),
            pay(firstDay, "USD", "500000")
                .setTokens(
                    tokens()
                        .setPercentOfBase(DecimalMapper.toProtoExactly(new BigDecimal("50")))
                        .setExpectedConsumption(Monies.of("USD", "250000")))
                .build(),
            "half of base again in tokens, and hardly uses them"),
        new Employee(
            engineer(SVEN, "search", "SE", "Europe/Stockholm", "SEK", firstDay).build(),
            pay(firstDay, "SEK", "720000")
                .setTokens(tokens().setAmount(Monies.of("SEK", "787500")))
                .build(),
            "consumes more than he earns, in another currency"),
        new Employee(
            engineer(LENA, "search", "DE", "Europe/Berlin", "EUR", firstDay).build(),
            pay(firstDay, "EUR", "90000")
                .setTokens(tokens().setAmount(Monies.of("EUR", "30000")))
                .build(),
            "her tokens are a tool of work; nobody is metered before the works council agreed"),
        new Employee(
            engineer(NOOR, "agents", "US", "America/Los_Angeles", "USD", firstDay).build(),
            pay(firstDay, "USD", "220000")
                .setTargetBonus(
                    TargetBonus.newBuilder()
                        .setPercentOfBase(DecimalMapper.toProtoExactly(new BigDecimal("15"))))
                .addEquity(rsu(firstDay))
                .setTokens(tokens().setAmount(Monies.of("USD", "150000")))
                .build(),
            "her agents work while she sleeps, and have agents of their own"));
  }

  private static Engineer.Builder engineer(
      String id, String team, String country, String zone, String currency, LocalDate firstDay) {
    return Engineer.newBuilder()
        .setEngineer(id)
        .setTeam(team)
        .setCountry(country)
        .setTimeZone(zone)
        .setCurrencyCode(currency)
        .setStartDate(DateMapper.toProto(firstDay));
  }

  private static CompensationPackage.Builder pay(LocalDate firstDay, String currency, String base) {
    return CompensationPackage.newBuilder()
        .setStartDate(DateMapper.toProto(firstDay))
        .setTermYears(4)
        .setBase(Base.newBuilder().setAmount(Monies.of(currency, base)));
  }

  /** A tool of work, paid as used, at a discount. */
  private static TokenBudget.Builder tokens() {
    return TokenBudget.newBuilder()
        .setTreatment(Treatment.TREATMENT_TOOL)
        .setOverageAllowed(true)
        .setPurchase(
            TokenPurchase.newBuilder()
                .setDiscountPercent(
                    DecimalMapper.toProtoExactly(new BigDecimal(DISCOUNT_PERCENT))));
  }

  private static EquityGrant rsu(LocalDate firstDay) {
    return EquityGrant.newBuilder()
        .setId("rsu")
        .setShares(4_800)
        .setPrice(
            SharePrice.newBuilder()
                .setAmount(Monies.of("USD", "50"))
                .setDate(DateMapper.toProto(firstDay))
                .setLabel("last close"))
        .setGrantDate(DateMapper.toProto(firstDay))
        .setSchedule(
            VestSchedule.newBuilder()
                .setStartDate(DateMapper.toProto(firstDay))
                .setMonthsApart(1)
                .setInstallments(MONTHS_OF_FOUR_YEARS)
                .setCliffInstallment(12))
        .build();
  }
}
