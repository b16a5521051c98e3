package dev.fourthpillar.budget.ledger;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static dev.fourthpillar.budget.BudgetWorld.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.ExportLedgerRequest;
import dev.fourthpillar.budget.v1.ExportLedgerResponse;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole journal, in one go and in pieces. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class ExportTest {

  /** Ada has 1 + 700 entries, bob 1: 702, in parts of 500. */
  @Test
  void allEntriesComeInOrderAndABrokenExportGoesOn(TestDatabase database) {
    try (BudgetWorld world = BudgetWorld.at(database, "2026-03-02T12:00:00Z")) {
      assertThat(export(world, ExportLedgerRequest.getDefaultInstance()))
          .as("of nothing")
          .singleElement()
          .satisfies(part -> assertThat(part.getEntriesList()).isEmpty());
      for (String engineer : List.of("bob", "ada")) {
        world.engineer(engineer, "USD");
        world.entitled(engineer, annual("a", "2026-01-01", "", "USD", "1000"));
        world.awaitAvailable(engineer, "USD", "1000");
      }
      world.usage(
          settled(
              "ada",
              1,
              IntStream.range(0, 700)
                  .mapToObj(_ -> line("2026-03-02T11:00:00Z", "1"))
                  .toArray(UsageLine.Builder[]::new)));

      List<ExportLedgerResponse> parts = export(world, ExportLedgerRequest.getDefaultInstance());

      assertThat(parts).extracting(ExportLedgerResponse::getEntriesCount).containsExactly(500, 202);
      List<String> all = names(parts);
      assertThat(all).hasSize(702).startsWith("engineers/ada/USD 1", "engineers/ada/USD 2");
      assertThat(all.subList(700, 702))
          .containsExactly("engineers/ada/USD 701", "engineers/bob/USD 1");
      assertThat(parts.getFirst().getEntries(0).getBooked().getTotals().getGranted().getUnits())
          .isEqualTo(1_000);

      // What is booked meanwhile is not of this export.
      world.timeIs("2026-03-02T12:00:01Z");
      world.usage(settled("ada", 701, line("2026-03-02T11:00:00Z", "1")));
      ExportLedgerRequest rest =
          ExportLedgerRequest.newBuilder()
              .setResumeToken(parts.getFirst().getResumeToken())
              .build();
      assertThat(names(export(world, rest))).isEqualTo(all.subList(500, 702));
      assertThat(
              names(
                  export(
                      world,
                      ExportLedgerRequest.newBuilder()
                          .setAsOf(time("2026-03-02T12:00:00Z"))
                          .build())))
          .isEqualTo(all);
      assertThat(names(export(world, ExportLedgerRequest.getDefaultInstance()))).hasSize(703);

      assertThat(
              refusal(
                  world,
                  finance(world),
                  rest.toBuilder().setAsOf(time("2026-03-02T12:00:00Z")).build()))
          .isEqualTo("INVALID_FIELDS");
      assertThat(refusal(world, finance(world), rest.toBuilder().setResumeToken("AAAA").build()))
          .isEqualTo("PAGE_TOKEN_INVALID");
      assertThat(refusal(world, world.server().engineer("ada"), rest)).isEqualTo("ROLE_MISSING");
    }
  }

  private static List<String> names(List<ExportLedgerResponse> parts) {
    return parts.stream()
        .flatMap(part -> part.getEntriesList().stream())
        .map(each -> each.getAccount() + " " + each.getBooked().getEntry().getNumber())
        .toList();
  }

  private static BearerToken finance(BudgetWorld world) {
    return world.server().as("fin", Role.FINANCE);
  }

  private static List<ExportLedgerResponse> export(BudgetWorld world, ExportLedgerRequest request) {
    List<ExportLedgerResponse> parts = new ArrayList<>();
    stream(world, finance(world), request).forEachRemaining(parts::add);
    return parts;
  }

  private static String refusal(
      BudgetWorld world, BearerToken caller, ExportLedgerRequest request) {
    Iterator<ExportLedgerResponse> parts = stream(world, caller, request);
    return Refusal.of(
            () -> {
              var _ = parts.next();
            })
        .reason();
  }

  private static Iterator<ExportLedgerResponse> stream(
      BudgetWorld world, BearerToken caller, ExportLedgerRequest request) {
    return world.server().stub(LedgerServiceGrpc::newBlockingStub, caller).exportLedger(request);
  }
}
