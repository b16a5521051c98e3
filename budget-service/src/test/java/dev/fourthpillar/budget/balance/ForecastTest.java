package dev.fourthpillar.budget.balance;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.balance.Forecast.Absent;
import dev.fourthpillar.budget.balance.Forecast.Days;
import dev.fourthpillar.budget.balance.Forecast.Method;
import dev.fourthpillar.budget.balance.Forecast.Reason;
import dev.fourthpillar.budget.v1.AccountForecast;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.ForecastAbsentReason;
import dev.fourthpillar.budget.v1.ForecastExhaustionRequest;
import dev.fourthpillar.budget.v1.ForecastMethod;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In how many days a budget is used up. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class ForecastTest {

  /** 10 nanos in 7 days and 99 left: 99 × 7 ÷ 10 = 69.3; 33 in 7 days: 99 × 7 ÷ 33 = 21. */
  @Test
  void aForecastIsWhatIsLeftByWhatWasUsedADay() {
    assertThat(of(99, 10)).isEqualTo(new Days(new BigDecimal("69.3")));
    assertThat(of(99, 33)).isEqualTo(new Days(new BigDecimal("21.0")));
    // 100 × 7 ÷ 33 = 21.21…: never more than there is.
    assertThat(of(100, 33)).isEqualTo(new Days(new BigDecimal("21.2")));
    assertThat(of(0, 10)).isEqualTo(new Days(new BigDecimal("0.0")));
  }

  @Test
  void whereThereIsNoneTheReasonIsNamed() {
    assertThat(of(99, 0)).isEqualTo(new Absent(Reason.NO_USE));
    assertThat(of(99, -5)).isEqualTo(new Absent(Reason.NO_USE));
    // 522 × 7 = 3,654 days; 521 × 7 = 3,647.
    assertThat(of(522, 1)).isEqualTo(new Absent(Reason.TOO_FAR));
    assertThat(of(521, 1)).isEqualTo(new Days(new BigDecimal("3647.0")));
    assertThat(
            Method.LAST_28_DAYS.of(
                BigInteger.TEN, false, BigInteger.ONE, Optional.of(Duration.ofDays(27))))
        .isEqualTo(new Absent(Reason.HISTORY_TOO_SHORT));
    assertThat(Method.LAST_7_DAYS.of(BigInteger.TEN, false, BigInteger.ONE, Optional.empty()))
        .isEqualTo(new Absent(Reason.HISTORY_TOO_SHORT));
    assertThat(
            Method.LAST_7_DAYS.of(
                BigInteger.TEN, true, BigInteger.ONE, Optional.of(Duration.ofDays(27))))
        .isEqualTo(new Absent(Reason.UNLIMITED));
  }

  private static Forecast of(long available, long used) {
    return Method.LAST_7_DAYS.of(
        BigInteger.valueOf(available),
        false,
        BigInteger.valueOf(used),
        Optional.of(Duration.ofDays(7)));
  }

  /**
   * 365 granted on 1 March; 28 booked on 5 March and 7 on 30 March. On 2 April 330 are left: at 7
   * in 7 days for 330 days, at 35 in 28 days (since 5 March, noon) for 330 × 28 ÷ 35 = 264.
   */
  @Test
  void bothMethodsAreToldOfEachAccount(TestDatabase database) {
    try (BudgetWorld world = BudgetWorld.at(database, "2026-03-01T12:00:00Z")) {
      world.engineer("ada", "USD");
      world.entitled("ada", annual("a", "2020-01-01", "", "USD", "365"));
      world.awaitAvailable("ada", "USD", "365");
      assertThat(forecast(world, finance(world), "ada").getForecastsList())
          .extracting(each -> each.getAbsentReason())
          .containsOnly(ForecastAbsentReason.FORECAST_ABSENT_REASON_HISTORY_TOO_SHORT);
      world.timeIs("2026-03-05T13:00:00Z");
      world.usage(settled("ada", 1, line("2026-03-05T11:00:00Z", "28")));
      world.timeIs("2026-03-30T12:00:00Z");
      world.usage(settled("ada", 2, line("2026-03-30T11:00:00Z", "7")));
      world.timeIs("2026-04-02T12:00:00Z");

      AccountForecast ada = forecast(world, world.server().engineer("ada"), "ada");

      assertThat(ada.getAvailable()).isEqualTo(money("USD", "330"));
      assertThat(ada.getForecasts(0).getMethod())
          .isEqualTo(ForecastMethod.FORECAST_METHOD_BOOKED_IN_LAST_7_DAYS);
      assertThat(ada.getForecasts(0).getUsed()).isEqualTo(money("USD", "7"));
      assertThat(ada.getForecasts(0).getDays().getValue()).isEqualTo("330");
      assertThat(ada.getForecasts(1).getMethod())
          .isEqualTo(ForecastMethod.FORECAST_METHOD_BOOKED_IN_LAST_28_DAYS);
      assertThat(ada.getForecasts(1).getUsed()).isEqualTo(money("USD", "35"));
      assertThat(ada.getForecasts(1).getDays().getValue()).isEqualTo("264");

      world.timeIs("2026-04-20T12:00:00Z");
      assertThat(forecast(world, finance(world), "ada").getForecasts(0).getAbsentReason())
          .isEqualTo(ForecastAbsentReason.FORECAST_ABSENT_REASON_NO_USE);
      assertThat(refusal(world, world.server().engineer("bob"), "ada")).isEqualTo("NOT_OWN_DATA");
      assertThat(refusal(world, finance(world), "nobody")).isEqualTo("NOT_FOUND");
    }
  }

  private static BearerToken finance(BudgetWorld world) {
    return world.server().as("fin", Role.FINANCE);
  }

  private static String refusal(BudgetWorld world, BearerToken caller, String engineer) {
    return Refusal.of(() -> forecast(world, caller, engineer)).reason();
  }

  private static AccountForecast forecast(BudgetWorld world, BearerToken caller, String engineer) {
    return world
        .server()
        .stub(BalanceServiceGrpc::newBlockingStub, caller)
        .forecastExhaustion(ForecastExhaustionRequest.newBuilder().setEngineer(engineer).build())
        .getAccounts(0);
  }
}
