package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.comp.api.CompFailureMapper;
import dev.fourthpillar.comp.api.PackageMapper;
import dev.fourthpillar.comp.api.StatementMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.api.VestMapper;
import dev.fourthpillar.comp.explain.Line;
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
import dev.fourthpillar.comp.v1.CompareOffersRequest;
import dev.fourthpillar.comp.v1.CompareOffersResponse;
import dev.fourthpillar.comp.v1.ExplainLineRequest;
import dev.fourthpillar.comp.v1.ExplainLineResponse;
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
    return CompFailureMapper.answered(() -> calculation(request));
  }

  public static CalculatePackageResponse answer(Statement statement) {
    return CalculatePackageResponse.newBuilder()
        .setStatement(StatementMapper.toProto(statement))
        .build();
  }

  public static Comparison comparison(CompareOffersRequest request) {
    return CompFailureMapper.answered(
        () -> {
          Checks checks = new Checks();
          Optional<CompensationPackage> first =
              checks.at("first", () -> PackageMapper.pack(request.getFirst()));
          Optional<CompensationPackage> second =
              checks.at("second", () -> PackageMapper.pack(request.getSecond()));
          Optional<FxTable> rates = checks.at("", () -> rates(request.getRatesList()));
          Optional<Optional<Currency>> currency =
              checks.at("", () -> currency(request.getCurrencyCode()));
          checks.orThrow();
          return new Comparison(
              first.orElseThrow(),
              second.orElseThrow(),
              request.hasAsOfDate()
                  ? ValueMapper.date(request.getAsOfDate())
                  : first.orElseThrow().start(),
              currency.orElseThrow().orElse(first.orElseThrow().base().amount().currency()),
              rates.orElseThrow());
        });
  }

  public static CompareOffersResponse answer(Compared compared) {
    CompareOffersResponse.Builder proto =
        CompareOffersResponse.newBuilder()
            .setFirst(StatementMapper.toProto(compared.first()))
            .setSecond(StatementMapper.toProto(compared.second()))
            .setClassicTcDifference(ValueMapper.toProto(compared.classicTc()))
            .setNextOfferAnchorDifference(ValueMapper.toProto(compared.nextOfferAnchor()))
            .setBreakEven(StatementMapper.toProto(compared.breakEven()));
    compared.tokensAtFace().map(ValueMapper::toProto).ifPresent(proto::setTokensAtFaceDifference);
    return proto.build();
  }

  public static LineOrder order(ExplainLineRequest request) {
    return CompFailureMapper.answered(
        () -> {
          Checks checks = new Checks();
          Optional<StatementInput> input =
              checks.at("calculation", () -> calculation(request.getCalculation()));
          checks.orThrow();
          return new LineOrder(input.orElseThrow(), request.getLineId());
        });
  }

  public static ExplainLineResponse answer(Line line) {
    return ExplainLineResponse.newBuilder().setLine(StatementMapper.explained(line)).build();
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

  private static StatementInput calculation(CalculatePackageRequest request) {
    Checks checks = new Checks();
    Optional<CompensationPackage> pack =
        checks.at("package", () -> PackageMapper.pack(request.getPackage()));
    Optional<FxTable> rates = checks.at("", () -> rates(request.getRatesList()));
    Optional<TokenUse> use = checks.at("", () -> use(request));
    Optional<Optional<Currency>> currency =
        checks.at("", () -> currency(request.getCurrencyCode()));
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
        pack.orElseThrow(),
        request.hasAsOfDate()
            ? ValueMapper.date(request.getAsOfDate())
            : pack.orElseThrow().start(),
        currency.orElseThrow().orElse(pack.orElseThrow().base().amount().currency()),
        rates.orElseThrow(),
        use.orElseThrow(),
        loadedCost,
        marginalTax,
        Thresholds.DEFAULT);
  }

  private static Optional<Currency> currency(String code) {
    return code.isEmpty() ? Optional.empty() : Optional.of(ValueMapper.currency(code));
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
