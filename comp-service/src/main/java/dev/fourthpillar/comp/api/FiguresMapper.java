package dev.fourthpillar.comp.api;

import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.statement.PackageView;
import dev.fourthpillar.comp.statement.StatementFigures;
import dev.fourthpillar.comp.v1.FigureAmount;
import dev.fourthpillar.comp.v1.LensFigures;
import dev.fourthpillar.comp.v1.ViewFigures;
import java.time.LocalDate;
import java.util.List;

/** A statement without the explanations of its lines. */
public final class FiguresMapper {

  private FiguresMapper() {}

  public static dev.fourthpillar.comp.v1.StatementFigures toProto(
      StatementFigures statement,
      Figure employerCost,
      String packageId,
      LocalDate contractYearStart) {
    var metrics = statement.metrics();
    var proto =
        dev.fourthpillar.comp.v1.StatementFigures.newBuilder()
            .setPackageId(packageId)
            .setContractYearStart(DateMapper.toProto(contractYearStart))
            .setCurrencyCode(statement.currency().getCurrencyCode())
            .setAnnualised(view(statement.annualised()))
            .addAllYears(statement.years().stream().map(FiguresMapper::view).toList())
            .setNext12Months(view(statement.next12Months()))
            .setTokenRatioPercent(LineMapper.ratio(metrics.tokenRatio()))
            .setConsumedRatioPercent(LineMapper.ratio(metrics.consumedRatio()))
            .setNextOfferAnchor(ValueMapper.toProto(metrics.nextOfferAnchor().amount()))
            .setEmployerCostTotal(figure(employerCost))
            .setComputeVersusSalary(StatementMapper.versus(statement.computeVersusSalary()))
            .addAllWarnings(statement.warnings().stream().map(StatementMapper::warning).toList());
    statement
        .lenses()
        .ifPresent(
            lenses ->
                proto.setLenses(
                    LensFigures.newBuilder()
                        .setFace(figure(lenses.face()))
                        .setConsumed(figure(lenses.consumed()))
                        .setEmployerCost(figure(lenses.employerCost()))
                        .setRealizable(figure(lenses.realizable()))
                        .setPortable(figure(lenses.portable()))
                        .setOverage(figure(lenses.overage()))
                        .setEmployerFunded(figure(lenses.employerFunded()))
                        .setUnspent(figure(lenses.unspent()))));
    return proto.build();
  }

  private static FigureAmount figure(Figure figure) {
    FigureAmount.Builder proto = FigureAmount.newBuilder();
    return switch (figure) {
      case Figure.Known(Line line) -> proto.setAmount(ValueMapper.toProto(line.amount())).build();
      case Figure.Absent(var reason) -> proto.setAbsentReason(reason.text()).build();
      case Figure.NeedsReview(var reason) -> proto.setReviewReason(reason.text()).build();
    };
  }

  private static ViewFigures view(PackageView view) {
    return ViewFigures.newBuilder()
        .setBase(ValueMapper.toProto(view.base().amount()))
        .setTargetBonus(sum(view, view.targetBonus().stream().toList()))
        .setSignOns(sum(view, view.signOns()))
        .setEquity(sum(view, view.equity()))
        .setBenefits(sum(view, view.benefits()))
        .setClassicTc(ValueMapper.toProto(view.classicTc().amount()))
        .setTokensAtFace(figure(view.tokensAtFace()))
        .setHeadlineTc(figure(view.headline().total()))
        .setTokenSharePercent(LineMapper.ratio(view.tokenShare()))
        .build();
  }

  /** Totals are sums of rounded lines. */
  private static com.google.type.Money sum(PackageView view, List<Line> lines) {
    return ValueMapper.toProto(
        lines.stream()
            .map(Line::amount)
            .reduce(Money.zero(view.base().amount().currency()), Money::plus));
  }
}
