package dev.fourthpillar.usage.emit;

import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.type.v1.PayerKind;
import dev.fourthpillar.usage.settle.Charge;
import java.util.List;

/** Settlements as the contract tells them. */
final class SettledMapper {
  private SettledMapper() {}

  static NewEvent event(String engineer, long first, List<Lines.Line> lines) {
    long last = first + lines.size() - 1;
    UsageSettled.Builder event =
        UsageSettled.newBuilder()
            .setEngineer(engineer)
            .setPseudonymous(lines.getFirst().first().change().line().pseudonymous())
            .setFirst(first)
            .setLast(last);
    for (int i = 0; i < lines.size(); i++) {
      event.addLines(line(first + i, lines.get(i)));
    }
    return NewEvent.of(engineer, last, event.build());
  }

  private static UsageLine line(long number, Lines.Line line) {
    Charge.Line about = line.first().change().line();
    UsageLine.Builder message =
        UsageLine.newBuilder()
            .setNumber(number)
            .setCause(SettlementCause.valueOf("SETTLEMENT_CAUSE_" + line.first().cause().name()))
            .setUsageMinute(TimestampMapper.toProto(about.minute()))
            .setProvider(about.provider())
            .setModel(about.model())
            .setProject(about.project())
            .setTool(about.tool())
            .setAgent(about.agent())
            .addAllTags(about.tags())
            .setListAmount(MoneyMapper.toProto(new Amount(about.currency(), line.listNanos())))
            .setEmployerAmount(
                MoneyMapper.toProto(new Amount(about.currency(), line.employerNanos())))
            .setPayerKind(
                about.pseudonymous() ? PayerKind.PAYER_KIND_EMPLOYER : PayerKind.PAYER_KIND_OWN);
    line.quantities()
        .forEach(
            (meter, count) -> {
              if (count != 0) {
                message.addQuantities(
                    MeterQuantity.newBuilder().setMeter(meter).setQuantity(count));
              }
            });
    if (line.settlements().size() == 1) {
      message
          .setUnitId(Long.toString(line.first().unit()))
          .setRevision((int) Math.min(Integer.MAX_VALUE, line.first().revision()));
    }
    about
        .through()
        .ifPresent(through -> message.setHoldId(through.hold()).setAttempt(through.attempt()));
    return message.build();
  }
}
