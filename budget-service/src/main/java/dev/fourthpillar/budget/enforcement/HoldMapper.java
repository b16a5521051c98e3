package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.edge.error.FailureMapper;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.QuantityMapper;
import dev.fourthpillar.budget.v1.CallReport;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.HoldState;
import dev.fourthpillar.budget.v1.ListHoldsRequest;
import dev.fourthpillar.budget.v1.ListHoldsResponse;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.QuoteCallResponse;
import dev.fourthpillar.budget.v1.ReserveResponse;
import dev.fourthpillar.budget.v1.SettleResponse;
import dev.fourthpillar.budget.v1.SettledCall;
import dev.fourthpillar.type.v1.PayerKind;
import java.math.BigInteger;
import java.util.Optional;

/** Holds and quotes from the domain to the contract. */
final class HoldMapper {
  private HoldMapper() {}

  /** The hold as it was made, whatever became of it: a repetition gets the same answer. */
  static ReserveResponse toReserveResponse(Hold hold) {
    return ReserveResponse.newBuilder()
        .setHold(
            common(hold)
                .setState(HoldState.HOLD_STATE_HELD)
                .setExpireTime(TimestampMapper.toProto(hold.reservedAt().plus(hold.terms().ttl()))))
        .build();
  }

  static SettleResponse toSettleResponse(Hold hold) {
    BigInteger booked =
        hold.attempts().stream()
            .map(attempt -> BigInteger.valueOf(attempt.cost().accountNanos()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    return SettleResponse.newBuilder()
        .setHold(toProto(hold))
        .setBookedAmount(MoneyMapper.toProto(currency(hold), booked))
        .build();
  }

  static dev.fourthpillar.budget.v1.Hold toProto(Hold hold) {
    dev.fourthpillar.budget.v1.Hold.Builder proto =
        common(hold)
            .setState(state(hold))
            .setExpireTime(TimestampMapper.toProto(hold.expiresAt()))
            .addAllIds(hold.estimate().ids());
    hold.endedAt().ifPresent(end -> proto.setEndTime(TimestampMapper.toProto(end)));
    for (Attempt attempt : hold.attempts()) {
      proto.addCalls(
          SettledCall.newBuilder()
              .setCall(call(attempt))
              .setListAmount(MoneyMapper.toProto(attempt.cost().list()))
              .setAccountAmount(
                  MoneyMapper.toProto(new Amount(currency(hold), attempt.cost().accountNanos()))));
    }
    return proto.build();
  }

  private static dev.fourthpillar.budget.v1.Hold.Builder common(Hold hold) {
    return dev.fourthpillar.budget.v1.Hold.newBuilder()
        .setHoldId(hold.terms().holdId())
        .setEngineer(hold.terms().engineer())
        .setPayerKind(PayerKind.PAYER_KIND_OWN)
        .setAccount(hold.account())
        .setHeldAmount(MoneyMapper.toProto(new Amount(currency(hold), hold.nanos())))
        .setEstimatedListAmount(MoneyMapper.toProto(hold.estimate().cost().list()))
        .setReserveTime(TimestampMapper.toProto(hold.reservedAt()))
        .setOnExpiry(
            switch (hold.terms().onExpiry()) {
              case SETTLE_ESTIMATE -> OnExpiry.ON_EXPIRY_SETTLE_ESTIMATE;
              case RELEASE -> OnExpiry.ON_EXPIRY_RELEASE;
            })
        .setProject(hold.terms().project())
        .setTool(hold.terms().tool())
        .setAgent(hold.terms().agent())
        .addAllScopes(hold.caps().stream().map(part -> CapKey.scope(part.key().cap())).toList())
        .setUnchecked(hold.unchecked());
  }

  private static CallReport call(Attempt attempt) {
    return CallReport.newBuilder()
        .setProvider(attempt.provider())
        .setModel(attempt.model())
        .addAllIds(attempt.ids())
        .addAllQuantities(attempt.quantities().stream().map(QuantityMapper::toProto).toList())
        .build();
  }

  private static HoldState state(Hold hold) {
    return switch (hold.state()) {
      case HELD -> HoldState.HOLD_STATE_HELD;
      case SETTLED -> HoldState.HOLD_STATE_SETTLED;
      case ESTIMATED -> HoldState.HOLD_STATE_ESTIMATED;
      case RELEASED -> HoldState.HOLD_STATE_RELEASED;
      case REFUSED -> throw new IllegalStateException("a refusal is no hold");
    };
  }

  static Optional<dev.fourthpillar.budget.hold.HoldState> state(ListHoldsRequest request) {
    return switch (request.getState()) {
      case HOLD_STATE_HELD -> Optional.of(dev.fourthpillar.budget.hold.HoldState.HELD);
      case HOLD_STATE_SETTLED -> Optional.of(dev.fourthpillar.budget.hold.HoldState.SETTLED);
      case HOLD_STATE_ESTIMATED -> Optional.of(dev.fourthpillar.budget.hold.HoldState.ESTIMATED);
      case HOLD_STATE_RELEASED -> Optional.of(dev.fourthpillar.budget.hold.HoldState.RELEASED);
      case HOLD_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  static PageRequest page(ListHoldsRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static ListHoldsResponse toProto(Page<Hold> page, ListHoldsRequest request) {
    return ListHoldsResponse.newBuilder()
        .addAllHolds(page.items().stream().map(HoldMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListHoldsRequest request) {
    return PageTokens.of(
        EnforcementServiceGrpc.getListHoldsMethod().getFullMethodName(),
        request.getEngineer(),
        request.getState().name());
  }

  static QuoteCallResponse toProto(Quote quote) {
    String currency = quote.account().currency();
    BigInteger cost = BigInteger.valueOf(quote.cost().accountNanos());
    QuoteCallResponse.Builder proto =
        QuoteCallResponse.newBuilder()
            .setListAmount(MoneyMapper.toProto(quote.cost().list()))
            .setAccountAmount(MoneyMapper.toProto(currency, cost))
            .setFxRateId(quote.cost().fxRateId())
            .setBookId(quote.bookId())
            .setAvailableAmount(MoneyMapper.toProto(currency, quote.available()))
            .setAvailableAfter(MoneyMapper.toProto(currency, quote.available().subtract(cost)))
            .setUnlimited(quote.uncapped())
            .setAsOf(TimestampMapper.toProto(quote.asOf()));
    quote.refusal().ifPresent(why -> proto.setRefusal(FailureMapper.toProto(why)));
    return proto.build();
  }

  private static String currency(Hold hold) {
    return hold.account().substring(hold.account().lastIndexOf('/') + 1);
  }
}
