package dev.fourthpillar.comp.api;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.proration.Segment;
import dev.fourthpillar.comp.statement.LeaverStatement;
import dev.fourthpillar.comp.v1.LeaverEquity;
import dev.fourthpillar.comp.v1.LeaverLoss;
import java.util.List;

/** What a leaver keeps, loses and owes, as the contract tells it. */
public final class LeaverMapper {

  private LeaverMapper() {}

  /**
   * @param snapshots all outside data behind the statement
   */
  public static dev.fourthpillar.comp.v1.LeaverStatement toProto(
      LeaverStatement statement, List<SnapshotRef> snapshots) {
    return dev.fourthpillar.comp.v1.LeaverStatement.newBuilder()
        .setLastDay(DateMapper.toProto(statement.lastDay()))
        .setCurrencyCode(statement.nextOfferAnchor().amount().currency().getCurrencyCode())
        .setEarnedBase(LineMapper.line(statement.earnedBase().total()))
        .addAllEarnedBaseSegments(
            statement.earnedBase().segments().stream()
                .map((Segment segment) -> YearsMapper.segment(segment))
                .toList())
        .addAllEquity(statement.equity().stream().map(LeaverMapper::equity).toList())
        .addAllClawbacks(LineMapper.lines(statement.clawbacks()))
        .addAllUnpaidSignOns(LineMapper.lines(statement.unpaidSignOns()))
        .setTokensKept(LineMapper.figure(statement.tokensKept()))
        .setTokensForfeited(LineMapper.figure(statement.tokensForfeited()))
        .addAllLosses(statement.losses().stream().map(LeaverMapper::loss).toList())
        .setNextOfferAnchor(LineMapper.line(statement.nextOfferAnchor()))
        .addAllSnapshots(snapshots.stream().map(StatementMapper::snapshot).toList())
        .build();
  }

  private static LeaverEquity equity(LeaverStatement.Equity equity) {
    return LeaverEquity.newBuilder()
        .setGrantId(equity.grantId())
        .setVestedUnits(DecimalMapper.toProto(VestMapper.units(equity.vested())))
        .setKept(LineMapper.line(equity.kept()))
        .setUnvestedUnits(DecimalMapper.toProto(VestMapper.units(equity.unvested())))
        .setForfeited(LineMapper.line(equity.forfeited()))
        .build();
  }

  private static LeaverLoss loss(LeaverStatement.Loss loss) {
    return LeaverLoss.newBuilder().setCode(loss.name()).setText(loss.text()).build();
  }
}
