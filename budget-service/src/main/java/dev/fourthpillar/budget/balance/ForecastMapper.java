package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.budget.balance.ForecastService.AccountForecast;
import dev.fourthpillar.budget.balance.ForecastService.Said;
import dev.fourthpillar.budget.v1.ForecastAbsentReason;
import dev.fourthpillar.budget.v1.ForecastExhaustionResponse;
import dev.fourthpillar.budget.v1.ForecastMethod;
import java.util.List;

/** Forecasts as the contract has them. */
final class ForecastMapper {
  private ForecastMapper() {}

  static ForecastExhaustionResponse toProto(List<AccountForecast> accounts) {
    return ForecastExhaustionResponse.newBuilder()
        .addAllAccounts(accounts.stream().map(ForecastMapper::toProto).toList())
        .build();
  }

  private static dev.fourthpillar.budget.v1.AccountForecast toProto(AccountForecast account) {
    Balance balance = account.balance();
    String currency = balance.account().currency();
    return dev.fourthpillar.budget.v1.AccountForecast.newBuilder()
        .setAccount(balance.account().toString())
        .setAvailable(MoneyMapper.toProto(currency, balance.available()))
        .addAllForecasts(account.said().stream().map(said -> toProto(said, currency)).toList())
        .setAsOf(TimestampMapper.toProto(balance.asOf()))
        .build();
  }

  private static dev.fourthpillar.budget.v1.Forecast toProto(Said said, String currency) {
    var proto =
        dev.fourthpillar.budget.v1.Forecast.newBuilder()
            .setMethod(method(said.method()))
            .setUsed(MoneyMapper.toProto(currency, said.used()));
    return switch (said.forecast()) {
      case Forecast.Days(var days) -> proto.setDays(DecimalMapper.toProto(days)).build();
      case Forecast.Absent(var reason) -> proto.setAbsentReason(reason(reason)).build();
    };
  }

  private static ForecastMethod method(Forecast.Method method) {
    return switch (method) {
      case LAST_7_DAYS -> ForecastMethod.FORECAST_METHOD_BOOKED_IN_LAST_7_DAYS;
      case LAST_28_DAYS -> ForecastMethod.FORECAST_METHOD_BOOKED_IN_LAST_28_DAYS;
    };
  }

  private static ForecastAbsentReason reason(Forecast.Reason reason) {
    return switch (reason) {
      case NO_USE -> ForecastAbsentReason.FORECAST_ABSENT_REASON_NO_USE;
      case UNLIMITED -> ForecastAbsentReason.FORECAST_ABSENT_REASON_UNLIMITED;
      case HISTORY_TOO_SHORT -> ForecastAbsentReason.FORECAST_ABSENT_REASON_HISTORY_TOO_SHORT;
      case TOO_FAR -> ForecastAbsentReason.FORECAST_ABSENT_REASON_TOO_FAR;
    };
  }
}
