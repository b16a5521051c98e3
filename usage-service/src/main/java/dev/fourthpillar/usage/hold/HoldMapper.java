package dev.fourthpillar.usage.hold;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.HoldAttempt;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.usage.booked.BookedHold;
import java.util.HashMap;
import java.util.Map;

/** What budget-service has booked for holds; what it says of their calls is evidence. */
final class HoldMapper {
  static final String HOLD_SETTLED = HoldSettled.getDescriptor().getFullName();

  private static final String OUTCOME = "HOLD_OUTCOME_";
  private static final String PAYER = "PAYER_KIND_";

  private HoldMapper() {}

  static HoldSettled settled(Event event) {
    try {
      return event.getData().unpack(HoldSettled.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event is not what its type says", e);
    }
  }

  static BookedHold booked(HoldSettled settled) {
    Map<Integer, BookedHold.Attempt> attempts = new HashMap<>();
    for (HoldAttempt attempt : settled.getAttemptsList()) {
      Amount list = MoneyMapper.fromProto(attempt.getBookedListAmount(), "booked_list_amount");
      Amount employer =
          MoneyMapper.fromProto(attempt.getBookedEmployerAmount(), "booked_employer_amount");
      attempts.put(
          attempt.getAttempt(),
          new BookedHold.Attempt(
              list.currency(),
              list.nanos(),
              employer.nanos(),
              HoldEvidenceMapper.quantities(attempt)));
    }
    return new BookedHold(
        settled.getEngineer(),
        settled.getHoldId(),
        settled.getSettlementSequence(),
        settled.getOutcome().name().substring(OUTCOME.length()),
        settled.getPayerKind().name().substring(PAYER.length()),
        TimestampMapper.fromProto(settled.getReserveTime()),
        TimestampMapper.fromProto(settled.getEndTime()),
        attempts);
  }
}
