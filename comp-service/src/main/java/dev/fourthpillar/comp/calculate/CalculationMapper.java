package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.comp.api.CompFailureMapper;
import dev.fourthpillar.comp.api.PackageMapper;
import dev.fourthpillar.comp.api.StatementMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.api.VestMapper;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.statement.Statement;
import dev.fourthpillar.comp.statement.StatementInput;
import dev.fourthpillar.comp.statement.Thresholds;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.v1.BuildVestTableRequest;
import dev.fourthpillar.comp.v1.BuildVestTableResponse;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.CalculatePackageResponse;
import dev.fourthpillar.comp.v1.GivenRate;
import dev.fourthpillar.comp.vest.Acceleration;
import dev.fourthpillar.comp.vest.VestTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Stateless requests and their answers. */
public final class CalculationMapper {
  private static final String DEFAULT_PUBLISHER = "given";

  private CalculationMapper() {}

  public static StatementInput input(CalculatePackageRequest request) {
    CompensationPackage pack = PackageMapper.fromProto(request.getPackage(), "package");
    return CompFailureMapper.answered(() -> input(request, pack));
  }

  public static CalculatePackageResponse answer(Statement statement) {
    return CalculatePackageResponse.newBuilder()
        .setStatement(StatementMapper.toProto(statement))
        .build();
  }

  public static VestOrder order(BuildVestTableRequest request) {
    return CompFailureMapper.answered(
        () -> {
          Checks checks = new Checks();
          var schedule = checks.at("schedule", () -> VestMapper.schedule(request.getSchedule()));
          Optional<List<Acceleration>> accelerations =
              checks.at("", () -> VestMapper.accelerations(request.getAccelerationsList()));
          checks.orThrow();
          LocalDate grantDate =
              request.hasGrantDate()
                  ? ValueMapper.date(request.getGrantDate())
                  : schedule.orElseThrow().start();
          return new VestOrder(
              request.getUnits(), schedule.orElseThrow(), grantDate, accelerations.orElseThrow());
        });
  }

  public static BuildVestTableResponse answer(VestTable table) {
    return BuildVestTableResponse.newBuilder()
        .addAllTranches(table.tranches().stream().map(VestMapper::toProto).toList())
        .build();
  }

  private static StatementInput input(CalculatePackageRequest request, CompensationPackage pack) {
    Checks checks = new Checks();
    Optional<FxTable> rates = checks.at("", () -> rates(request.getRatesList()));
    Optional<TokenUse> use = checks.at("", () -> use(request));
    Optional<Currency> currency =
        checks.at(
            "",
            () ->
                request.getCurrencyCode().isEmpty()
                    ? pack.base().amount().currency()
                    : ValueMapper.currency(request.getCurrencyCode()));
    Optional<Money> loadedCost =
        request.hasLoadedCost()
            ? checks.at("loaded_cost", () -> ValueMapper.money(request.getLoadedCost()))
            : Optional.empty();
    Optional<Percent> marginalTax =
        request.hasMarginalTaxPercent()
            ? checks.at(
                "marginal_tax_percent",
                () ->
                    new Percent(
                        DecimalMapper.fromProto(request.getMarginalTaxPercent(), "percent")))
            : Optional.empty();
    checks.orThrow();
    return new StatementInput(
        pack,
        request.hasAsOfDate() ? ValueMapper.date(request.getAsOfDate()) : pack.start(),
        currency.orElseThrow(),
        rates.orElseThrow(),
        use.orElseThrow(),
        loadedCost,
        marginalTax,
        Thresholds.DEFAULT);
  }

  private static TokenUse use(CalculatePackageRequest request) {
    return switch (request.getConsumptionCase()) {
      case UTILISATION_PERCENT ->
          new TokenUse.Utilisation(
              new Percent(DecimalMapper.fromProto(request.getUtilisationPercent(), "percent")));
      case CONSUMED_AMOUNT -> new TokenUse.Amount(ValueMapper.money(request.getConsumedAmount()));
      case CONSUMPTION_NOT_SET -> new TokenUse.NotStated();
    };
  }

  private static FxTable rates(List<GivenRate> rates) {
    Checks checks = new Checks();
    List<FxQuote> quotes = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      GivenRate rate = rates.get(i);
      String id = "rates[" + i + "]";
      checks.at(id, () -> quote(rate, id)).ifPresent(quotes::add);
    }
    checks.orThrow();
    return new FxTable(quotes);
  }

  private static FxQuote quote(GivenRate rate, String id) {
    return new FxQuote(
        id,
        ValueMapper.currency(rate.getSourceCurrencyCode()),
        ValueMapper.currency(rate.getTargetCurrencyCode()),
        DecimalMapper.fromProto(rate.getRate(), "rate"),
        ValueMapper.date(rate.getDate()),
        rate.getPublisher().isEmpty() ? DEFAULT_PUBLISHER : rate.getPublisher());
  }
}
