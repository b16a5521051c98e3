package dev.fourthpillar.cli.demo;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.cli.table.Table;
import java.math.BigDecimal;
import java.util.Map;

/** budget-service hears what everybody is entitled to, and grants it. */
final class BudgetsChapter implements Chapter {
  /** What each package entitles to; Grace's is half of 500,000. */
  static final Map<String, String> ENTITLED =
      Map.of(
          Company.ADA, "100000",
          Company.GRACE, "250000",
          Company.SVEN, "787500",
          Company.LENA, "30000",
          Company.NOOR, "150000");

  @Override
  public String title() {
    return "Budgets granted from packages (budget-service hears amounts, never a salary)";
  }

  @Override
  public void play(Scene scene) {
    Balances balances = new Balances(scene.api());
    Table table = new Table("account", ">granted", ">available", "lot", "expires");
    for (Employee employee : scene.employees()) {
      BigDecimal entitled = new BigDecimal(ENTITLED.get(employee.id()));
      AccountBalance balance =
          scene
              .await()
              .until(
                  "the budget of " + employee.id(),
                  () ->
                      balances
                          .find(employee.id())
                          .filter(b -> Monies.exact(b.getGranted()).compareTo(entitled) == 0),
                  () -> balances.find(employee.id()).map(Object::toString).orElse("no account"));
      table.row(
          balance.getAccount(),
          Monies.print(balance.getGranted()),
          Monies.print(balance.getAvailable()),
          balance.getLots(0).getLot(),
          TimestampMapper.fromProto(balance.getLots(0).getExpireTime()));
    }
    scene.narrator().show(table);
  }
}
