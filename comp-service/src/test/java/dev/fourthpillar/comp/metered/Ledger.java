package dev.fourthpillar.comp.metered;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.events.v1.BalanceChanged;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.type.v1.PayerKind;
import java.math.BigDecimal;
import java.time.Instant;

/** What budget-service tells, in the words of the tests. */
public final class Ledger {
  private Ledger() {}

  /** A charge in an account of the price book's currency; the employer pays 60 % of list. */
  public static ChargeBooked charge(String engineer, PayerKind payer, String minute, String usd) {
    var employer = new BigDecimal(usd).multiply(new BigDecimal("0.6")).toPlainString();
    return ChargeBooked.newBuilder()
        .setLineId("usage/" + engineer + "/" + minute)
        .setEngineer(engineer)
        .setPayerKind(payer)
        .setUsageMinute(TimestampMapper.toProto(Instant.parse(minute)))
        .setListAmount(money(usd, "USD"))
        .setEmployerAmount(money(employer, "USD"))
        .setAccountAmount(money(usd, "USD"))
        .setAccountEmployerAmount(money(employer, "USD"))
        .build();
  }

  /** A charge in an account of another currency than the price book's. */
  public static ChargeBooked converted(
      String engineer, PayerKind payer, String minute, String usd, String rate, String currency) {
    var charge = charge(engineer, payer, minute, usd);
    var factor = new BigDecimal(rate);
    var employer = new BigDecimal(usd).multiply(new BigDecimal("0.6"));
    return charge.toBuilder()
        .setAccountAmount(money(new BigDecimal(usd).multiply(factor).toPlainString(), currency))
        .setAccountEmployerAmount(money(employer.multiply(factor).toPlainString(), currency))
        .setFxRateId(rate)
        .build();
  }

  public static BalanceChanged balance(
      String engineer, String currency, long entry, String granted, String settled, String kept) {
    return BalanceChanged.newBuilder()
        .setAccount("engineers/" + engineer + "/" + currency)
        .setEngineer(engineer)
        .setGranted(money(granted, currency))
        .setHeld(money("0", currency))
        .setSettled(money(settled, currency))
        .setExpired(money("0", currency))
        .setAvailable(money("0", currency))
        .setOverage(money("0", currency))
        .setUnspentPortable(money(kept, currency))
        .setEntry(entry)
        .setAsOf(TimestampMapper.toProto(Instant.parse("2026-06-30T12:00:00Z")))
        .build();
  }

  /** The event as it stands at that place of the feed. */
  static Event event(Message payload, int partition, long position) {
    return Event.newBuilder()
        .setVersion(payload instanceof BalanceChanged changed ? changed.getEntry() : 0)
        .setId("event-" + partition + "-" + position)
        .setSource("budget-service")
        .setType(payload.getDescriptorForType().getFullName())
        .setPartition(partition)
        .setPosition(position)
        .setData(Any.pack(payload))
        .build();
  }

  public static Money money(String amount, String currency) {
    return MoneyMapper.toProto(
        new Amount(currency, new BigDecimal(amount).movePointRight(9).longValueExact()));
  }
}
