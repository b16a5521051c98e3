package dev.fourthpillar.usage.pricebook;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.usage.v1.CommitmentUse;
import dev.fourthpillar.usage.v1.ListCommitmentsRequest;
import dev.fourthpillar.usage.v1.ListCommitmentsResponse;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.PutCommitmentRequest;
import dev.fourthpillar.usage.v1.PutCommitmentResponse;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Commitments between the contract and the domain. */
final class CommitmentMapper {
  private static final int MAX_DAYS = 1_827;

  static final AnswerCodec<Commitment> CODEC =
      new AnswerCodec<>(
          commitment -> toProto(commitment).toByteArray(),
          bytes -> {
            try {
              return fromProto(dev.fourthpillar.usage.v1.Commitment.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a kept answer is no commitment", e);
            }
          });

  private CommitmentMapper() {}

  static Commitment fromProto(PutCommitmentRequest request, Caller author) {
    Amount amount = MoneyMapper.fromProto(request.getAmount(), "amount");
    if (amount.nanos() < 0) {
      throw Failure.invalidField("amount", "must be 0 or more", "commitment.amount").asException();
    }
    LocalDate start = DateMapper.fromProto(request.getStartDay(), "start_day");
    LocalDate end = DateMapper.fromProto(request.getEndDay(), "end_day");
    if (end.isBefore(start) || ChronoUnit.DAYS.between(start, end) > MAX_DAYS) {
      throw Failure.invalidField(
              "end_day",
              "%s (expected: %s to %s)".formatted(end, start, start.plusDays(MAX_DAYS)),
              "commitment.span")
          .asException();
    }
    return new Commitment(
        request.getCommitmentId(),
        request.getProvider(),
        amount,
        start,
        end,
        request.getSource(),
        author.subject());
  }

  private static Commitment fromProto(dev.fourthpillar.usage.v1.Commitment message) {
    return new Commitment(
        message.getCommitmentId(),
        message.getProvider(),
        MoneyMapper.fromProto(message.getAmount(), "amount"),
        DateMapper.fromProto(message.getStartDay(), "start_day"),
        DateMapper.fromProto(message.getEndDay(), "end_day"),
        message.getSource(),
        message.getAuthor());
  }

  static PutCommitmentResponse toPut(Commitment commitment) {
    return PutCommitmentResponse.newBuilder().setCommitment(toProto(commitment)).build();
  }

  static PageRequest page(ListCommitmentsRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static ListCommitmentsResponse toProto(
      Page<Commitment.Use> page, ListCommitmentsRequest request) {
    return ListCommitmentsResponse.newBuilder()
        .addAllCommitments(page.items().stream().map(CommitmentMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListCommitmentsRequest request) {
    return PageTokens.of(
        PriceBookServiceGrpc.getListCommitmentsMethod().getFullMethodName(), request.getProvider());
  }

  private static CommitmentUse toProto(Commitment.Use use) {
    String currency = use.commitment().amount().currency();
    return CommitmentUse.newBuilder()
        .setCommitment(toProto(use.commitment()))
        .setSpentAmount(MoneyMapper.toProto(currency, use.spentNanos()))
        .setUnspentAmount(MoneyMapper.toProto(currency, use.unspentNanos()))
        .setUnpricedCount(use.unpriced())
        .build();
  }

  private static dev.fourthpillar.usage.v1.Commitment toProto(Commitment commitment) {
    return dev.fourthpillar.usage.v1.Commitment.newBuilder()
        .setCommitmentId(commitment.id())
        .setProvider(commitment.provider())
        .setAmount(MoneyMapper.toProto(commitment.amount()))
        .setStartDay(DateMapper.toProto(commitment.startDay()))
        .setEndDay(DateMapper.toProto(commitment.endDay()))
        .setSource(commitment.source())
        .setAuthor(commitment.author())
        .build();
  }
}
