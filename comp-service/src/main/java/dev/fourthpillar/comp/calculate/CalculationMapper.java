package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.comp.api.CompFailureMapper;
import dev.fourthpillar.comp.api.EmployerCostMapper;
import dev.fourthpillar.comp.api.PackageMapper;
import dev.fourthpillar.comp.api.StatementMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.api.VestMapper;
import dev.fourthpillar.comp.employer.EmployerTerms;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.CompensationPackage;
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
import dev.fourthpillar.comp.vest.Acceleration;
import dev.fourthpillar.comp.vest.VestTable;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Stateless requests and their answers. */
public final class CalculationMapper {
  private CalculationMapper() {}

  public static Calculation input(CalculatePackageRequest request) {
    return CompFailureMapper.answered(() -> calculation(request));
  }

  public static CalculatePackageResponse answer(Calculated calculated) {
    CalculatePackageResponse.Builder proto =
        CalculatePackageResponse.newBuilder()
            .setStatement(StatementMapper.toProto(calculated.statement(), calculated.snapshots()));
    calculated.employerCost().map(EmployerCostMapper::toProto).ifPresent(proto::setEmployerCost);
    return proto.build();
  }

  public static Comparison comparison(CompareOffersRequest request) {
    return CompFailureMapper.answered(
        () -> {
          Checks checks = new Checks();
          Optional<CompensationPackage> first =
              checks.at("first", () -> PackageMapper.pack(request.getFirst()));
          Optional<CompensationPackage> second =
              checks.at("second", () -> PackageMapper.pack(request.getSecond()));
          Optional<FxTable> rates = checks.at("", () -> GivenMapper.rates(request.getRatesList()));
          Optional<Optional<Currency>> currency =
              checks.at("", () -> GivenMapper.currency(request.getCurrencyCode()));
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
          Optional<Calculation> calculation =
              checks.at("calculation", () -> calculation(request.getCalculation()));
          checks.orThrow();
          return new LineOrder(calculation.orElseThrow(), request.getLineId());
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

  private static Calculation calculation(CalculatePackageRequest request) {
    Checks checks = new Checks();
    Optional<CompensationPackage> pack =
        checks.at("package", () -> PackageMapper.pack(request.getPackage()));
    Optional<FxTable> rates = checks.at("", () -> GivenMapper.rates(request.getRatesList()));
    Optional<TokenUse> use = checks.at("", () -> use(request));
    Optional<Optional<Currency>> currency =
        checks.at("", () -> GivenMapper.currency(request.getCurrencyCode()));
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
    Optional<EmployerTerms> employer =
        request.hasEmployer()
            ? checks.at("employer", () -> EmployerCostMapper.terms(request.getEmployer()))
            : Optional.empty();
    checks.orThrow();
    StatementInput input =
        new StatementInput(
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
    return new Calculation(input, employer);
  }

  private static TokenUse use(CalculatePackageRequest request) {
    return switch (request.getConsumptionCase()) {
      case UTILISATION_PERCENT -> GivenMapper.utilisation(request.getUtilisationPercent());
      case CONSUMED_AMOUNT -> GivenMapper.consumed(request.getConsumedAmount());
      case CONSUMPTION_NOT_SET -> new TokenUse.NotStated();
    };
  }
}
