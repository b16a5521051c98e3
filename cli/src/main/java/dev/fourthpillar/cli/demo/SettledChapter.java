package dev.fourthpillar.cli.demo;

import com.google.type.Money;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.cli.table.Table;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Waits until what usage-service has settled is what budget-service has booked, to the nano. */
final class SettledChapter implements Chapter {
  private static final Map<String, BigDecimal> RATES =
      Map.of(
          "USD", BigDecimal.ONE,
          "SEK", new BigDecimal(Company.USD_SEK),
          "EUR", new BigDecimal(Company.USD_EUR));

  @Override
  public String title() {
    return "What was used is what was charged, to the nano";
  }

  @Override
  public void play(Scene scene) {
    UsageTotals usage = new UsageTotals(scene);
    scene
        .await()
        .until(
            "usage to settle",
            () -> usage.unsettled() == 0 ? Optional.of(true) : Optional.empty(),
            () -> usage.unsettled() + " calls that are not settled");
    Balances balances = new Balances(scene.api());
    Table table =
        new Table("engineer", ">used, at list", ">booked", ">of it overage", ">available");
    for (Employee employee : scene.employees()) {
      AccountBalance balance =
          scene
              .await()
              .until(
                  "the charges of " + employee.id(),
                  () ->
                      Optional.of(balances.of(employee.id()))
                          .filter(b -> booked(b).compareTo(expected(usage, employee)) == 0),
                  () ->
                      "%s booked of %s"
                          .formatted(
                              booked(balances.of(employee.id())), expected(usage, employee)));
      Money used = usage.settled(employee.id());
      scene.findings().usage(employee.id(), used);
      scene.findings().balance(employee.id(), balance);
      table.row(
          employee.id(),
          Monies.print(used),
          Monies.print(booked(balance)) + " " + balance.getCurrencyCode(),
          Monies.print(balance.getOverage()),
          Monies.print(balance.getAvailable()));
    }
    scene.findings().steps(scene.steps().lengths());
    scene.narrator().show(table);
  }

  private static BigDecimal expected(UsageTotals usage, Employee employee) {
    return Monies.exact(usage.settled(employee.id())).multiply(RATES.get(employee.currency()));
  }

  private static BigDecimal booked(AccountBalance balance) {
    return Monies.exact(balance.getSettled()).add(Monies.exact(balance.getOverage()));
  }
}
