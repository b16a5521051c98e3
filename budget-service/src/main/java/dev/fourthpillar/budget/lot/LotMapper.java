package dev.fourthpillar.budget.lot;

/** What all that tells of lots has in common, as the contract has it. */
public final class LotMapper {
  private LotMapper() {}

  public static dev.fourthpillar.budget.v1.LotSource toProto(LotSource source) {
    return switch (source) {
      case PLAN_PERIOD -> dev.fourthpillar.budget.v1.LotSource.LOT_SOURCE_PLAN_PERIOD;
      case ONE_OFF -> dev.fourthpillar.budget.v1.LotSource.LOT_SOURCE_ONE_OFF;
      case ROLLOVER -> dev.fourthpillar.budget.v1.LotSource.LOT_SOURCE_ROLLOVER;
      case MANUAL -> dev.fourthpillar.budget.v1.LotSource.LOT_SOURCE_MANUAL;
      case PORTABLE -> dev.fourthpillar.budget.v1.LotSource.LOT_SOURCE_PORTABLE;
    };
  }
}
