package dev.fourthpillar.budget.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Maps;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AccountReconciliation;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.TestService;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Engineers with a budget, and what has to be so after gateways have worked on it. */
final class LoadedLedger {
  private LoadedLedger() {}

  /** Each engineer has 100 dollars; told by a replica that is not there any more afterwards. */
  static void fund(LocalDatabase database, Path keyFile) {
    try (BudgetWorld world =
        BudgetWorld.at(
            database, Instant.now().toString(), Map.of(TestService.KEY_FILE, keyFile.toString()))) {
      for (String engineer : Load.ENGINEERS) {
        world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
        world.entitled(
            engineer,
            BudgetWorld.annual("a", "2020-01-01", "", "USD", Integer.toString(Load.BUDGET)));
        world.awaitAvailable(engineer, "USD", Integer.toString(Load.BUDGET));
      }
    }
  }

  static void requireBooked(Jdbi database, String engineer, Load load) {
    Load.Told told = load.told(engineer);
    Map<String, Long> booked = new HashMap<>();
    Map<String, Integer> ends = new HashMap<>();
    database.useHandle(
        handle -> {
          handle
              .createQuery(
                  """
                  select cause_id, amount_nanos from journal
                  where account = :account and debit = 'CONSUMED'
                  """)
              .bind("account", "engineers/" + engineer + "/USD")
              .mapToMap()
              .forEach(
                  row ->
                      assertThat(
                              booked.put(
                                  row.get("cause_id").toString(),
                                  ((Number) row.get("amount_nanos")).longValue()))
                          .as("%s is booked once", row.get("cause_id"))
                          .isNull());
          handle
              .createQuery(
                  "select hold_id, state from hold where engineer = :engineer and state <> 'REFUSED'")
              .bind("engineer", engineer)
              .mapToMap()
              .forEach(row -> ends.merge(row.get("state").toString(), 1, Integer::sum));
        });
    Map<String, Long> expected = new HashMap<>();
    told.settled.forEach(
        (hold, nanos) -> expected.put("hold/%s/%s/1".formatted(engineer, hold), nanos));
    var charged = Maps.difference(booked, expected);
    assertThat(charged.areEqual()).as("what %s was charged: %s", engineer, charged).isTrue();
    assertThat(ends)
        .as("how the holds of %s ended", engineer)
        .isEqualTo(ends(told.settled.size(), told.released.size()));
    assertThat(told.refused).as("refusals of " + engineer).isNotEmpty();
    for (ReserveRequest refused : told.refused) {
      assertThat(load.reasonNow(refused))
          .as("%s was refused, and still is", refused.getHoldId())
          .isEqualTo("BUDGET_INSUFFICIENT");
    }
  }

  static BearerToken token(Path keyFile, Role role) {
    return new BearerToken(
        LocalIssuer.open(keyFile, "fourthpillar")
            .mint(
                new Caller("crash-test", Optional.empty(), Set.of(role)),
                Duration.ofHours(12),
                Instant.now()));
  }

  static void requireReconciled(ManagedChannel replica, Path keyFile) {
    var accounts =
        LedgerServiceGrpc.newBlockingStub(replica)
            .withCallCredentials(token(keyFile, Role.FINANCE))
            .getReconciliation(GetReconciliationRequest.getDefaultInstance())
            .getAccountsList();
    assertThat(accounts)
        .hasSize(Load.ENGINEERS.size())
        .allMatch(AccountReconciliation::getReconciled);
    assertThat(accounts)
        .as("usage that the budget did not cover")
        .allMatch(account -> account.getStored().getOverage().getUnits() == 0)
        .allMatch(account -> account.getStored().getOverage().getNanos() == 0);
  }

  private static Map<String, Integer> ends(int settled, int released) {
    Map<String, Integer> ends = new HashMap<>();
    if (settled > 0) {
      ends.put("SETTLED", settled);
    }
    if (released > 0) {
      ends.put("RELEASED", released);
    }
    return ends;
  }
}
