package dev.fourthpillar.comp.metered;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.events.v1.BalanceChanged;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.type.v1.PayerKind;
import java.util.Optional;
import java.util.Set;

/** The ledger's events in the words of this service. */
final class ChargeMapper {
  private static final String CHARGE = ChargeBooked.getDescriptor().getFullName();
  private static final String BALANCE = BalanceChanged.getDescriptor().getFullName();

  static final Set<String> TYPES = Set.of(CHARGE, BALANCE);

  private ChargeMapper() {}

  static Optional<Charge> charge(Event event) {
    return event.getType().equals(CHARGE) ? Optional.of(toCharge(event)) : Optional.empty();
  }

  static Optional<Balance> balance(Event event) {
    return event.getType().equals(BALANCE) ? Optional.of(toBalance(event)) : Optional.empty();
  }

  private static Charge toCharge(Event event) {
    try {
      ChargeBooked booked = event.getData().unpack(ChargeBooked.class);
      Amount list = MoneyMapper.fromProto(booked.getListAmount(), "list_amount");
      Amount employer = MoneyMapper.fromProto(booked.getEmployerAmount(), "employer_amount");
      return new Charge(
          booked.getEngineer(),
          payer(booked.getPayerKind()),
          TimestampMapper.fromProto(booked.getUsageMinute()),
          accountList(booked).orElse(list),
          booked.hasAccountEmployerAmount() && accountList(booked).isPresent()
              ? MoneyMapper.fromProto(booked.getAccountEmployerAmount(), "account_employer_amount")
              : employer,
          list,
          employer,
          new FeedPlace(event.getPartition(), event.getPosition()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("event " + event.getId() + " is no ChargeBooked", e);
    }
  }

  /** Empty where no account paid: the price book's currency is then all there is. */
  private static Optional<Amount> accountList(ChargeBooked booked) {
    if (booked.hasAccountListAmount()) {
      return Optional.of(
          MoneyMapper.fromProto(booked.getAccountListAmount(), "account_list_amount"));
    }
    return booked.hasAccountAmount() && !booked.getAccountAmount().getCurrencyCode().isEmpty()
        ? Optional.of(MoneyMapper.fromProto(booked.getAccountAmount(), "account_amount"))
        : Optional.empty();
  }

  private static Payer payer(PayerKind kind) {
    return switch (kind) {
      case PAYER_KIND_OWN -> Payer.OWN;
      case PAYER_KIND_POOL -> Payer.POOL;
      case PAYER_KIND_PROJECT -> Payer.PROJECT;
      case PAYER_KIND_OVERAGE -> Payer.OVERAGE;
      case PAYER_KIND_EMPLOYER -> Payer.EMPLOYER;
      case PAYER_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("payer_kind: " + kind + " (expected: a known one)");
    };
  }

  private static Balance toBalance(Event event) {
    try {
      BalanceChanged changed = event.getData().unpack(BalanceChanged.class);
      Amount granted = MoneyMapper.fromProto(changed.getGranted(), "granted");
      return new Balance(
          changed.getAccount(),
          changed.getEngineer(),
          event.getVersion(),
          changed.getEntry(),
          granted,
          MoneyMapper.fromProto(changed.getHeld(), "held"),
          MoneyMapper.fromProto(changed.getSettled(), "settled"),
          MoneyMapper.fromProto(changed.getExpired(), "expired"),
          MoneyMapper.fromProto(changed.getAvailable(), "available"),
          MoneyMapper.fromProto(changed.getOverage(), "overage"),
          changed.hasUnspentPortable()
              ? Optional.of(MoneyMapper.fromProto(changed.getUnspentPortable(), "unspent_portable"))
              : Optional.empty(),
          TimestampMapper.fromProto(changed.getAsOf()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("event " + event.getId() + " is no BalanceChanged", e);
    }
  }
}
