package dev.fourthpillar.budget.grant;

import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotMapper;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.period.Reduction;
import dev.fourthpillar.budget.v1.ExtendGrantRequest;
import dev.fourthpillar.budget.v1.GrantReduction;
import dev.fourthpillar.budget.v1.IssueGrantRequest;
import dev.fourthpillar.budget.v1.ListGrantsResponse;
import dev.fourthpillar.budget.v1.ReduceGrantRequest;
import dev.fourthpillar.budget.v1.RevokeGrantRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Grants between the contract and the domain. */
final class GrantMapper {
  private static final int DEFAULT_PRIORITY = 100;

  private GrantMapper() {}

  static GrantChange fromProto(IssueGrantRequest request) {
    return new GrantChange.Issue(
        request.getEngineer(),
        "grant/" + request.getGrant(),
        amount(request.getAmount()),
        request.hasEffectiveTime()
            ? Optional.of(minute(request.getEffectiveTime(), "effective_time"))
            : Optional.empty(),
        request.hasExpireTime()
            ? Optional.of(minute(request.getExpireTime(), "expire_time"))
            : Optional.empty(),
        request.hasPriority() ? request.getPriority() : DEFAULT_PRIORITY,
        request.getReason());
  }

  static GrantChange fromProto(ReduceGrantRequest request) {
    return new GrantChange.Reduce(
        request.getEngineer(),
        request.getLot(),
        amount(request.getAmount()),
        request.hasEffectiveTime()
            ? Optional.of(minute(request.getEffectiveTime(), "effective_time"))
            : Optional.empty(),
        request.getReason());
  }

  static GrantChange fromProto(RevokeGrantRequest request) {
    return new GrantChange.Revoke(request.getEngineer(), request.getLot(), request.getReason());
  }

  static GrantChange fromProto(ExtendGrantRequest request) {
    return new GrantChange.Extend(
        request.getEngineer(),
        request.getLot(),
        request.hasExpireTime()
            ? Optional.of(minute(request.getExpireTime(), "expire_time"))
            : Optional.empty(),
        request.getReason());
  }

  private static Amount amount(Money proto) {
    List<Violation> violations = new ArrayList<>(MoneyMapper.violations(proto, "amount"));
    if (violations.isEmpty() && MoneyMapper.fromProto(proto, "amount").nanos() <= 0) {
      violations.add(new Violation("amount", "must be more than 0", "amount.positive"));
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return MoneyMapper.fromProto(proto, "amount");
  }

  private static Instant minute(Timestamp proto, String field) {
    Instant time = TimestampMapper.fromProto(proto);
    if (!time.equals(time.truncatedTo(ChronoUnit.MINUTES))) {
      throw Failure.invalidField(
              field, "must be a whole minute; it is %s".formatted(time), "time.minute")
          .asException();
    }
    return time;
  }

  static ListGrantsResponse toProto(List<Grant> grants) {
    return ListGrantsResponse.newBuilder()
        .addAllGrants(grants.stream().map(GrantMapper::toProto).toList())
        .build();
  }

  static dev.fourthpillar.budget.v1.Grant toProto(Grant grant) {
    String currency = grant.account().currency();
    Lot lot = grant.lot();
    var proto =
        dev.fourthpillar.budget.v1.Grant.newBuilder()
            .setLot(lot.id())
            .setEngineer(grant.account().engineer())
            .setAccount(grant.account().toString())
            .setSource(LotMapper.toProto(lot.source()))
            .setGranted(MoneyMapper.toProto(currency, lot.amount()))
            .setHeld(MoneyMapper.toProto(currency, lot.held()))
            .setSettled(MoneyMapper.toProto(currency, lot.settled()))
            .setExpired(MoneyMapper.toProto(currency, lot.expired()))
            .setRolledOver(MoneyMapper.toProto(currency, lot.carry().out()))
            .setPriority(lot.priority())
            .setEffectiveTime(TimestampMapper.toProto(Minutes.start(lot.effective())))
            .setReason(grant.issued().reason())
            .setAuthor(grant.issued().author())
            .addAllReductions(grant.toCome().stream().map(GrantMapper::toProto).toList());
    if (lot.expiry() != Minutes.NEVER) {
      proto.setExpireTime(TimestampMapper.toProto(Minutes.start(lot.expiry())));
    }
    return proto.build();
  }

  private static GrantReduction toProto(Reduction reduction) {
    return GrantReduction.newBuilder()
        .setAmount(MoneyMapper.toProto(reduction.account().currency(), reduction.nanos()))
        .setEffectiveTime(TimestampMapper.toProto(reduction.effective()))
        .setReason(reduction.by().reason())
        .setAuthor(reduction.by().author())
        .build();
  }
}
