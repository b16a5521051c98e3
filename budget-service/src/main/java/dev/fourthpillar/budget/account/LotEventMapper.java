package dev.fourthpillar.budget.account;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.budget.account.AccountEvent.LotChanged;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.events.v1.GrantExpired;
import dev.fourthpillar.events.v1.GrantExtended;
import dev.fourthpillar.events.v1.GrantIssued;
import dev.fourthpillar.events.v1.GrantReduced;
import dev.fourthpillar.events.v1.GrantRevoked;
import dev.fourthpillar.events.v1.LotState;
import dev.fourthpillar.events.v1.RolloverIssued;

/** What happened to lots, as the contract tells it. All these messages have the same fields. */
final class LotEventMapper {
  private LotEventMapper() {}

  static Message toProto(AccountId account, LotChanged changed) {
    Message.Builder message =
        switch (changed.change()) {
          case ISSUED -> GrantIssued.newBuilder();
          case REDUCED -> GrantReduced.newBuilder();
          case REVOKED -> GrantRevoked.newBuilder();
          case EXTENDED -> GrantExtended.newBuilder();
          case EXPIRED -> GrantExpired.newBuilder();
          case ROLLED_OVER -> RolloverIssued.newBuilder();
        };
    set(message, "account", account.toString());
    set(message, "engineer", account.engineer());
    changed.before().ifPresent(lot -> set(message, "before", lot(lot, account.currency())));
    set(message, "after", lot(changed.after(), account.currency()));
    set(message, "cause_id", changed.cause().id());
    set(message, "cause_detail", changed.cause().detail());
    set(message, "author", changed.by().author());
    set(message, "reason", changed.by().reason());
    changed
        .announced()
        .ifPresent(time -> set(message, "effective_time", TimestampMapper.toProto(time)));
    return message.build();
  }

  private static void set(Message.Builder message, String field, Object value) {
    Descriptor type = message.getDescriptorForType();
    message.setField(type.findFieldByName(field), value);
  }

  private static LotState lot(Lot lot, String currency) {
    LotState.Builder proto =
        LotState.newBuilder()
            .setLot(lot.id())
            .setGranted(MoneyMapper.toProto(currency, lot.amount()))
            .setHeld(MoneyMapper.toProto(currency, lot.held()))
            .setSettled(MoneyMapper.toProto(currency, lot.settled()))
            .setExpired(MoneyMapper.toProto(currency, lot.expired()))
            .setRolledOver(MoneyMapper.toProto(currency, lot.carry().out()))
            .setEffectiveTime(TimestampMapper.toProto(Minutes.start(lot.effective())));
    if (lot.expiry() != Minutes.NEVER) {
      proto.setExpireTime(TimestampMapper.toProto(Minutes.start(lot.expiry())));
    }
    return proto.build();
  }
}
