package dev.fourthpillar.usage.reprice;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.usage.pricebook.DiscountMapper;
import dev.fourthpillar.usage.v1.GetRepricingResponse;
import dev.fourthpillar.usage.v1.PreviewRepriceRequest;
import dev.fourthpillar.usage.v1.PreviewRepriceResponse;
import dev.fourthpillar.usage.v1.RepriceGroup;
import dev.fourthpillar.usage.v1.RepriceSums;
import dev.fourthpillar.usage.v1.RepriceUsageRequest;
import dev.fourthpillar.usage.v1.RepriceUsageResponse;
import dev.fourthpillar.usage.v1.RepricingState;
import dev.fourthpillar.usage.v1.RevertRepricingResponse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** Re-pricings between the contract and the domain. */
final class RepriceMapper {
  private static final String STATE = "REPRICING_STATE_";

  static final AnswerCodec<Repricing> CODEC =
      new AnswerCodec<>(
          repricing -> toProto(repricing).toByteArray(),
          bytes -> {
            try {
              return fromProto(dev.fourthpillar.usage.v1.Repricing.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a kept answer is no re-pricing", e);
            }
          });

  private RepriceMapper() {}

  static Repricing.Order order(RepriceUsageRequest request, Caller author) {
    return new Repricing.Order(
        TimestampMapper.fromProto(request.getStartTime()),
        end(request.getStartTime(), request.getEndTime()),
        request.getReason(),
        author.subject());
  }

  static Instant end(PreviewRepriceRequest request) {
    return end(request.getStartTime(), request.getEndTime());
  }

  private static Instant end(Timestamp startTime, Timestamp endTime) {
    Instant end = TimestampMapper.fromProto(endTime);
    if (!end.isAfter(TimestampMapper.fromProto(startTime))) {
      throw Failure.invalidField("end_time", end + " (expected: after start_time)", "after_start")
          .asException();
    }
    return end;
  }

  static Optional<String> book(PreviewRepriceRequest request) {
    return Optional.of(request.getBookId()).filter(id -> !id.isEmpty());
  }

  static Optional<BigDecimal> discount(PreviewRepriceRequest request) {
    return request.hasEmployerDiscount()
        ? Optional.of(DiscountMapper.fromProto(request.getEmployerDiscount()))
        : Optional.empty();
  }

  static PreviewRepriceResponse toProto(RepriceTotals totals) {
    String currency = totals.currency().orElse("");
    PreviewRepriceResponse.Builder response =
        PreviewRepriceResponse.newBuilder()
            .setTotal(toProto(totals.total(), currency))
            .setEngineerCount(totals.engineerCount())
            .setModelCount(totals.modelCount())
            .setNoLongerPricedCount(totals.noLongerPriced());
    totals
        .engineers()
        .forEach(
            group ->
                response.addEngineers(
                    RepriceGroup.newBuilder()
                        .setEngineer(group.key())
                        .setSums(toProto(group.sums(), currency))));
    totals
        .models()
        .forEach(
            group ->
                response.addModels(
                    RepriceGroup.newBuilder()
                        .setProvider(group.key().provider())
                        .setModel(group.key().model())
                        .setSums(toProto(group.sums(), currency))));
    return response.build();
  }

  private static RepriceSums toProto(RepriceTotals.Sums sums, String currency) {
    RepriceSums.Builder message =
        RepriceSums.newBuilder().setUnitCount(sums.units()).setChangedCount(sums.changed());
    if (!currency.isEmpty()) {
      message
          .setListBefore(money(currency, sums.listBefore()))
          .setListAfter(money(currency, sums.listAfter()))
          .setEmployerBefore(money(currency, sums.employerBefore()))
          .setEmployerAfter(money(currency, sums.employerAfter()));
    }
    return message.build();
  }

  private static Money money(String currency, BigInteger nanos) {
    return MoneyMapper.toProto(currency, nanos);
  }

  private static BigInteger nanos(Money money) {
    return BigInteger.valueOf(money.getUnits())
        .multiply(BigInteger.valueOf(Amount.NANOS_PER_UNIT))
        .add(BigInteger.valueOf(money.getNanos()));
  }

  static RepriceUsageResponse toApplied(Repricing repricing) {
    return RepriceUsageResponse.newBuilder().setRepricing(toProto(repricing)).build();
  }

  static RevertRepricingResponse toReverted(Repricing repricing) {
    return RevertRepricingResponse.newBuilder().setRepricing(toProto(repricing)).build();
  }

  static GetRepricingResponse toGot(Repricing repricing) {
    return GetRepricingResponse.newBuilder().setRepricing(toProto(repricing)).build();
  }

  private static dev.fourthpillar.usage.v1.Repricing toProto(Repricing repricing) {
    var message =
        dev.fourthpillar.usage.v1.Repricing.newBuilder()
            .setRepricingId(repricing.id())
            .setStartTime(TimestampMapper.toProto(repricing.start()))
            .setEndTime(TimestampMapper.toProto(repricing.end()))
            .setReason(repricing.reason())
            .setAuthor(repricing.author())
            .setCreateTime(TimestampMapper.toProto(repricing.createdAt()))
            .setState(RepricingState.valueOf(STATE + repricing.state().name()))
            .setChangedCount(repricing.changed())
            .setNoLongerPricedCount(repricing.noLongerPriced());
    repricing
        .currency()
        .ifPresent(
            currency ->
                message
                    .setListChange(money(currency, repricing.listChange()))
                    .setEmployerChange(money(currency, repricing.employerChange())));
    return message.build();
  }

  /** As it was when it was asked for: nothing was changed yet. */
  private static Repricing fromProto(dev.fourthpillar.usage.v1.Repricing message) {
    return new Repricing(
        message.getRepricingId(),
        TimestampMapper.fromProto(message.getStartTime()),
        TimestampMapper.fromProto(message.getEndTime()),
        message.getReason(),
        message.getAuthor(),
        TimestampMapper.fromProto(message.getCreateTime()),
        Repricing.State.valueOf(message.getState().name().substring(STATE.length())),
        0,
        0,
        message.getChangedCount(),
        message.getNoLongerPricedCount(),
        message.hasListChange()
            ? Optional.of(message.getListChange().getCurrencyCode())
            : Optional.empty(),
        message.hasListChange() ? nanos(message.getListChange()) : BigInteger.ZERO,
        message.hasEmployerChange() ? nanos(message.getEmployerChange()) : BigInteger.ZERO);
  }
}
