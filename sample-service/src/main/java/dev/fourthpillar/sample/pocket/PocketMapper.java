package dev.fourthpillar.sample.pocket;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.sample.v1.GetPocketResponse;
import dev.fourthpillar.sample.v1.ListPocketsRequest;
import dev.fourthpillar.sample.v1.ListPocketsResponse;
import dev.fourthpillar.sample.v1.PocketFilled;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.sample.v1.PutInPocketRequest;
import dev.fourthpillar.sample.v1.PutInPocketResponse;

/** Pockets between the contract and the domain. */
final class PocketMapper {
  /** An answer is kept as the message that was sent. */
  static final AnswerCodec<Pocket> ANSWER_CODEC =
      new AnswerCodec<>(pocket -> toProto(pocket).toByteArray(), PocketMapper::fromBytes);

  private PocketMapper() {}

  static PutInPocket fromProto(PutInPocketRequest request) {
    return new PutInPocket(
        request.getEngineer(),
        request.getPocket(),
        MoneyMapper.fromProto(request.getAmount(), "amount"),
        request.getMemo());
  }

  static PutInPocketResponse toPutResponse(Pocket pocket) {
    return PutInPocketResponse.newBuilder().setPocket(toProto(pocket)).build();
  }

  static GetPocketResponse toGetResponse(Pocket pocket) {
    return GetPocketResponse.newBuilder().setPocket(toProto(pocket)).build();
  }

  static PageRequest page(ListPocketsRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static ListPocketsResponse toProto(Page<Pocket> page, ListPocketsRequest request) {
    return ListPocketsResponse.newBuilder()
        .addAllPockets(page.items().stream().map(PocketMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListPocketsRequest request) {
    return PageTokens.of(
        PocketServiceGrpc.getListPocketsMethod().getFullMethodName(), request.getEngineer());
  }

  static NewEvent filled(Pocket pocket, Amount amount) {
    return NewEvent.of(
            pocket.key(),
            pocket.version(),
            PocketFilled.newBuilder()
                .setEngineer(pocket.engineer())
                .setPocket(pocket.pocket())
                .setAmount(MoneyMapper.toProto(amount))
                .setBalance(MoneyMapper.toProto(pocket.balance()))
                .build())
        .about(pocket.engineer());
  }

  private static dev.fourthpillar.sample.v1.Pocket toProto(Pocket pocket) {
    return dev.fourthpillar.sample.v1.Pocket.newBuilder()
        .setEngineer(pocket.engineer())
        .setPocket(pocket.pocket())
        .setBalance(MoneyMapper.toProto(pocket.balance()))
        .setVersion(pocket.version())
        .setUpdateTime(TimestampMapper.toProto(pocket.updatedAt()))
        .build();
  }

  private static Pocket fromBytes(byte[] bytes) {
    try {
      var pocket = dev.fourthpillar.sample.v1.Pocket.parseFrom(bytes);
      return new Pocket(
          pocket.getEngineer(),
          pocket.getPocket(),
          MoneyMapper.fromProto(pocket.getBalance(), "balance"),
          pocket.getVersion(),
          TimestampMapper.fromProto(pocket.getUpdateTime()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept answer is not a pocket", e);
    }
  }
}
