package dev.fourthpillar.comp.api;

import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.explain.Snapshots;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Ratio;
import dev.fourthpillar.comp.statement.Difference;
import dev.fourthpillar.comp.statement.Metrics;
import dev.fourthpillar.comp.statement.PackageView;
import dev.fourthpillar.comp.statement.Reconciliation;
import dev.fourthpillar.comp.statement.Refreshers;
import dev.fourthpillar.comp.statement.Statement;
import dev.fourthpillar.comp.statement.TokenValue;
import dev.fourthpillar.comp.statement.Warning;
import dev.fourthpillar.comp.v1.ComputeVersusSalary;
import dev.fourthpillar.comp.v1.EquityFall;
import dev.fourthpillar.comp.v1.ExplainedLine;
import dev.fourthpillar.comp.v1.RatioFigure;
import dev.fourthpillar.comp.v1.Snapshot;
import dev.fourthpillar.comp.v1.SnapshotKind;
import dev.fourthpillar.comp.v1.StatementWarning;
import dev.fourthpillar.comp.v1.TokenLenses;
import dev.fourthpillar.comp.v1.TokenMetrics;
import dev.fourthpillar.comp.v1.ValueTokensResponse;
import java.util.List;

/** A statement as the contract tells it. */
public final class StatementMapper {

  private StatementMapper() {}

  public static dev.fourthpillar.comp.v1.Statement toProto(Statement statement) {
    return toProto(statement, Snapshots.of(statement.lines()));
  }

  /**
   * @param snapshots all outside data behind the statement, where more was used than its lines say
   */
  public static dev.fourthpillar.comp.v1.Statement toProto(
      Statement statement, List<SnapshotRef> snapshots) {
    dev.fourthpillar.comp.v1.Statement.Builder proto =
        dev.fourthpillar.comp.v1.Statement.newBuilder()
            .setAsOfDate(DateMapper.toProto(statement.asOf()))
            .setCurrencyCode(statement.currency().getCurrencyCode())
            .setAnnualised(view(statement.annualised()))
            .addAllYears(statement.years().stream().map(StatementMapper::view).toList())
            .setNext12Months(view(statement.next12Months()))
            .setReconciliation(reconciliation(statement.reconciliation()))
            .setRefreshers(refreshers(statement.refreshers()))
            .setMetrics(metrics(statement.metrics()))
            .setComputeVersusSalary(versus(statement.computeVersusSalary()))
            .addAllWarnings(statement.warnings().stream().map(StatementMapper::warning).toList())
            .addAllSnapshots(snapshots.stream().map(StatementMapper::snapshot).toList());
    statement.lenses().map(StatementMapper::lenses).ifPresent(proto::setLenses);
    return proto.build();
  }

  public static RatioFigure toProto(Ratio ratio) {
    return LineMapper.ratio(ratio);
  }

  /** A token budget alone. */
  public static ValueTokensResponse toProto(TokenValue value) {
    return ValueTokensResponse.newBuilder()
        .setLenses(lenses(value.lenses()))
        .setHeadlineInflation(LineMapper.figure(value.headlineInflation()))
        .setHeadlineInflationPercent(LineMapper.ratio(value.headlineInflationPercent()))
        .addAllWarnings(value.warnings().stream().map(StatementMapper::warning).toList())
        .addAllSnapshots(snapshots(Snapshots.of(value.lines())))
        .build();
  }

  public static List<Snapshot> snapshots(List<SnapshotRef> references) {
    return references.stream().map(StatementMapper::snapshot).toList();
  }

  /** A line with all that hangs below it. */
  public static ExplainedLine explained(Line line) {
    return ExplainedLine.newBuilder()
        .setLine(LineMapper.line(line))
        .addAllSnapshots(
            line.explanation().snapshots().stream().map(StatementMapper::snapshot).toList())
        .addAllParts(line.explanation().parts().stream().map(StatementMapper::explained).toList())
        .build();
  }

  static dev.fourthpillar.comp.v1.PackageView view(PackageView view) {
    dev.fourthpillar.comp.v1.PackageView.Builder proto =
        dev.fourthpillar.comp.v1.PackageView.newBuilder()
            .setBase(LineMapper.line(view.base()))
            .addAllSignOns(LineMapper.lines(view.signOns()))
            .addAllEquity(LineMapper.lines(view.equity()))
            .addAllBenefits(LineMapper.lines(view.benefits()))
            .setTokensAtFace(LineMapper.figure(view.tokensAtFace()))
            .setClassicTc(LineMapper.line(view.classicTc()))
            .setHeadlineTc(LineMapper.figure(view.headline().total()))
            .setHeadlineLabel(view.headline().label())
            .setTokenSharePercent(LineMapper.ratio(view.tokenShare()));
    view.targetBonus().map(LineMapper::line).ifPresent(proto::setTargetBonus);
    return proto.build();
  }

  private static dev.fourthpillar.comp.v1.Reconciliation reconciliation(
      Reconciliation reconciliation) {
    var named = reconciliation.named();
    return dev.fourthpillar.comp.v1.Reconciliation.newBuilder()
        .setSumOfYears(ValueMapper.toProto(reconciliation.sumOfYears()))
        .setTermTimesAverage(ValueMapper.toProto(reconciliation.termTimesAverage()))
        .setDifference(ValueMapper.toProto(reconciliation.difference()))
        .setGrowth(ValueMapper.toProto(named.get(Difference.GROWTH)))
        .setPrice(ValueMapper.toProto(named.get(Difference.PRICE)))
        .setUnequalTerms(ValueMapper.toProto(named.get(Difference.UNEQUAL_TERMS)))
        .setRounding(ValueMapper.toProto(named.get(Difference.ROUNDING)))
        .setUnexplained(unexplained(reconciliation.unexplained()))
        .build();
  }

  /** Zero by construction: anything else, however small, must not be rounded away in silence. */
  private static com.google.type.Money unexplained(ExactMoney unexplained) {
    if (!unexplained.equals(ExactMoney.zero(unexplained.currency()))) {
      throw new IllegalStateException("the reconciliation leaves " + unexplained);
    }
    return ValueMapper.toProto(unexplained.round());
  }

  private static dev.fourthpillar.comp.v1.Refreshers refreshers(Refreshers refreshers) {
    dev.fourthpillar.comp.v1.Refreshers.Builder proto =
        dev.fourthpillar.comp.v1.Refreshers.newBuilder()
            .addAllAnnualised(LineMapper.lines(refreshers.annualised()))
            .addAllPerYear(LineMapper.lines(refreshers.perYear()));
    refreshers
        .fall()
        .map(
            fall ->
                EquityFall.newBuilder()
                    .setGrantId(fall.grantId())
                    .setLastVestDate(DateMapper.toProto(fall.lastVest()))
                    .setBefore(LineMapper.line(fall.before()))
                    .setAfter(LineMapper.line(fall.after()))
                    .setFall(LineMapper.line(fall.fall()))
                    .setRefreshersAfter(LineMapper.line(fall.refreshersAfter()))
                    .build())
        .ifPresent(proto::setFall);
    return proto.build();
  }

  static TokenLenses lenses(Lenses lenses) {
    TokenLenses.Builder proto =
        TokenLenses.newBuilder()
            .setFace(LineMapper.figure(lenses.face()))
            .setConsumed(LineMapper.figure(lenses.consumed()))
            .setEmployerCost(LineMapper.figure(lenses.employerCost()))
            .setRealizable(LineMapper.figure(lenses.realizable()))
            .setPortable(LineMapper.figure(lenses.portable()))
            .setOverage(LineMapper.figure(lenses.overage()))
            .setEmployerFunded(LineMapper.figure(lenses.employerFunded()))
            .setUnspent(LineMapper.figure(lenses.unspent()));
    lenses.unusedCommitment().map(LineMapper::figure).ifPresent(proto::setUnusedCommitment);
    return proto.build();
  }

  private static TokenMetrics metrics(Metrics metrics) {
    return TokenMetrics.newBuilder()
        .setTokenSharePercent(LineMapper.ratio(metrics.tokenShare()))
        .setTokenRatioPercent(LineMapper.ratio(metrics.tokenRatio()))
        .setConsumedRatioPercent(LineMapper.ratio(metrics.consumedRatio()))
        .setMultiplierOfLoadedCost(metrics.outputBasis() == Metrics.OutputBasis.LOADED_COST)
        .setOutputMultiplierAtFace(LineMapper.ratio(metrics.outputMultiplierAtFace()))
        .setOutputMultiplierAtEmployerCost(
            LineMapper.ratio(metrics.outputMultiplierAtEmployerCost()))
        .setHeadlineInflation(LineMapper.figure(metrics.headlineInflation()))
        .setHeadlineInflationPercent(LineMapper.ratio(metrics.headlineInflationPercent()))
        .setHonestyGapPercent(LineMapper.ratio(metrics.honestyGap()))
        .setExpectedConsumption(LineMapper.figure(metrics.expectedConsumption()))
        .setShortfall(LineMapper.figure(metrics.shortfall()))
        .setHandcuffCost(LineMapper.figure(metrics.handcuffCost()))
        .setNextOfferAnchor(LineMapper.line(metrics.nextOfferAnchor()))
        .build();
  }

  static ComputeVersusSalary versus(dev.fourthpillar.comp.statement.ComputeVersusSalary versus) {
    return switch (versus) {
      case BELOW -> ComputeVersusSalary.COMPUTE_VERSUS_SALARY_BELOW;
      case COMPUTE_NEARS_SALARY -> ComputeVersusSalary.COMPUTE_VERSUS_SALARY_NEARS;
      case COMPUTE_EXCEEDS_SALARY -> ComputeVersusSalary.COMPUTE_VERSUS_SALARY_EXCEEDS;
      case UNDECIDED -> ComputeVersusSalary.COMPUTE_VERSUS_SALARY_UNDECIDED;
    };
  }

  static StatementWarning warning(Warning warning) {
    return switch (warning) {
      case TOOL_CONTRADICTS_TERMS -> StatementWarning.STATEMENT_WARNING_TOOL_CONTRADICTS_TERMS;
      case NEEDS_REVIEW -> StatementWarning.STATEMENT_WARNING_NEEDS_REVIEW;
    };
  }

  static Snapshot snapshot(SnapshotRef reference) {
    return Snapshot.newBuilder()
        .setKind(
            switch (reference.kind()) {
              case FX_QUOTE -> SnapshotKind.SNAPSHOT_KIND_FX_QUOTE;
              case PRICE_BOOK -> SnapshotKind.SNAPSHOT_KIND_PRICE_BOOK;
              case SHARE_PRICE -> SnapshotKind.SNAPSHOT_KIND_SHARE_PRICE;
              case METERED_CHARGES -> SnapshotKind.SNAPSHOT_KIND_METERED_CHARGES;
              case RULE -> SnapshotKind.SNAPSHOT_KIND_RULE;
            })
        .setId(reference.id())
        .setDescription(reference.description())
        .build();
  }
}
