package dev.fourthpillar.budget.period;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AnnualAmount;
import dev.fourthpillar.budget.v1.GetPlanRequest;
import dev.fourthpillar.budget.v1.ListPlansRequest;
import dev.fourthpillar.budget.v1.Plan;
import dev.fourthpillar.budget.v1.PlanServiceGrpc;
import dev.fourthpillar.budget.v1.PlanServiceGrpc.PlanServiceBlockingStub;
import dev.fourthpillar.budget.v1.PreviewPlanRequest;
import dev.fourthpillar.budget.v1.PreviewedLot;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.testkit.service.TestService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plans and previews, as clients see them. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class PlanServiceTest {
  private static TestService server;

  @BeforeAll
  static void start(TestDatabase database) {
    server = TestService.start(database);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theBuiltInPlanIsThereForEverybody() {
    PlanServiceBlockingStub anybody =
        PlanServiceGrpc.newBlockingStub(server.channel())
            .withCallCredentials(server.engineer("ada"));

    Plan plan = anybody.getPlan(GetPlanRequest.newBuilder().setPlan("default").build()).getPlan();
    assertThat(plan.getThresholdsPercentList()).containsExactly(50, 80, 90, 100);
    assertThat(plan.getProrateOnLeave()).isFalse();
    assertThat(anybody.listPlans(ListPlansRequest.getDefaultInstance()).getPlansList())
        .containsExactly(plan);
    assertThat(
            Refusal.of(() -> anybody.getPlan(GetPlanRequest.newBuilder().setPlan("other").build()))
                .reason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void aPreviewShowsTheLotAndWhatItIsMadeOf() {
    // As in SplitterTest: 181 days of 100,000 and 184 of 120,000.
    PreviewedLot lot =
        finance()
            .previewPlan(
                request()
                    .addAmounts(amount(2026, 1, 1, "100000").setEffectiveUntil(day(2026, 6, 30)))
                    .addAmounts(amount(2026, 7, 1, "120000"))
                    .build())
            .getLots(0);

    assertThat(lot.getAmount()).isEqualTo(BudgetWorld.money("USD", "110082.19"));
    assertThat(lot.getParts(1).getAmount()).isEqualTo(BudgetWorld.money("USD", "60493.15"));
    assertThat(lot.getEffectiveTime()).isEqualTo(BudgetWorld.time("2025-12-31T23:00:00Z"));
    assertThat(lot.getExpireTime()).isEqualTo(BudgetWorld.time("2026-12-31T23:00:00Z"));
  }

  @Test
  void whatCannotBePreviewedIsNamed() {
    assertThat(
            Refusal.of(
                    () ->
                        finance()
                            .previewPlan(
                                request()
                                    .addAmounts(amount(2026, 1, 1, "1"))
                                    .addAmounts(amount(2026, 7, 1, "1"))
                                    .build()))
                .reason())
        .as("the first has no end")
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            Refusal.of(
                    () ->
                        finance()
                            .previewPlan(
                                request()
                                    .setTimeZone("Europe/Nowhere")
                                    .addAmounts(amount(2026, 2, 30, "-1"))
                                    .build()))
                .reason())
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            Refusal.of(
                    () ->
                        finance()
                            .previewPlan(
                                request().setPlan("x").addAmounts(amount(2026, 1, 1, "1")).build()))
                .reason())
        .isEqualTo("NOT_FOUND");
    assertThat(
            Refusal.of(
                    () ->
                        PlanServiceGrpc.newBlockingStub(server.channel())
                            .withCallCredentials(server.as("gw", Role.GATEWAY))
                            .previewPlan(request().addAmounts(amount(2026, 1, 1, "1")).build()))
                .reason())
        .isEqualTo("ROLE_MISSING");
  }

  private static PreviewPlanRequest.Builder request() {
    return PreviewPlanRequest.newBuilder().setTimeZone("Europe/Stockholm").setYear(2026);
  }

  private static AnnualAmount.Builder amount(int year, int month, int day, String dollars) {
    return AnnualAmount.newBuilder()
        .setEffectiveFrom(day(year, month, day))
        .setAmount(BudgetWorld.money("USD", dollars));
  }

  private static Date.Builder day(int year, int month, int day) {
    return Date.newBuilder().setYear(year).setMonth(month).setDay(day);
  }

  private static PlanServiceBlockingStub finance() {
    return PlanServiceGrpc.newBlockingStub(server.channel())
        .withCallCredentials(server.as("finance-tool", Role.FINANCE));
  }
}
