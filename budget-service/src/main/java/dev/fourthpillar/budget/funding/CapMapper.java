package dev.fourthpillar.budget.funding;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.budget.cap.Cap;
import dev.fourthpillar.budget.cap.CapConditions;
import dev.fourthpillar.budget.cap.CapWindow;
import dev.fourthpillar.budget.v1.CapState;
import dev.fourthpillar.budget.v1.FundingServiceGrpc;
import dev.fourthpillar.budget.v1.ListCapsRequest;
import dev.fourthpillar.budget.v1.ListCapsResponse;
import dev.fourthpillar.budget.v1.PutCapResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;

/** Caps between the contract and the domain. */
final class CapMapper {
  private CapMapper() {}

  static Cap fromProto(dev.fourthpillar.budget.v1.Cap cap) {
    Amount amount = MoneyMapper.fromProto(cap.getAmount(), "cap.amount");
    if (amount.nanos() < 0) {
      throw Failure.invalidField("cap.amount", "must be 0 or more", "amount.negative")
          .asException();
    }
    return new Cap(
        cap.getCap(),
        amount,
        window(cap.getWindow()),
        zone(cap.getTimeZone()),
        new CapConditions(cap.getModel(), cap.getTool(), cap.getProject()),
        cap.getNamedOnly(),
        cap.getDisabled(),
        Instant.EPOCH);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.isEmpty() ? "UTC" : name);
    } catch (DateTimeException _) {
      throw Failure.invalidField(
              "cap.time_zone", "must be an IANA zone, for example Europe/Stockholm", "time_zone")
          .asException();
    }
  }

  private static CapWindow window(dev.fourthpillar.budget.v1.CapWindow window) {
    return switch (window) {
      case CAP_WINDOW_DAY -> CapWindow.DAY;
      case CAP_WINDOW_WEEK -> CapWindow.WEEK;
      case CAP_WINDOW_MONTH -> CapWindow.MONTH;
      case CAP_WINDOW_YEAR -> CapWindow.YEAR;
      case CAP_WINDOW_TOTAL -> CapWindow.TOTAL;
      case CAP_WINDOW_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the contract's rules let no such window through");
    };
  }

  private static dev.fourthpillar.budget.v1.CapWindow toProto(CapWindow window) {
    return switch (window) {
      case DAY -> dev.fourthpillar.budget.v1.CapWindow.CAP_WINDOW_DAY;
      case WEEK -> dev.fourthpillar.budget.v1.CapWindow.CAP_WINDOW_WEEK;
      case MONTH -> dev.fourthpillar.budget.v1.CapWindow.CAP_WINDOW_MONTH;
      case YEAR -> dev.fourthpillar.budget.v1.CapWindow.CAP_WINDOW_YEAR;
      case TOTAL -> dev.fourthpillar.budget.v1.CapWindow.CAP_WINDOW_TOTAL;
    };
  }

  static PutCapResponse put(Cap cap) {
    return PutCapResponse.newBuilder().setCap(toProto(cap)).build();
  }

  /** An answer is kept as the message it is given as. */
  static final AnswerCodec<Cap> CODEC =
      new AnswerCodec<>(
          cap -> put(cap).toByteArray(),
          bytes -> {
            try {
              return fromProto(PutCapResponse.parseFrom(bytes).getCap());
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a kept answer is none of this method's", e);
            }
          });

  static PageRequest page(ListCapsRequest request) {
    return tokens().read(request.getPageSize(), request.getPageToken());
  }

  static ListCapsResponse toProto(Page<CapService.State> page) {
    return ListCapsResponse.newBuilder()
        .addAllCaps(page.items().stream().map(CapMapper::state).toList())
        .setNextPageToken(tokens().next(page))
        .build();
  }

  private static CapState state(CapService.State state) {
    String currency = state.cap().amount().currency();
    CapState.Builder proto =
        CapState.newBuilder()
            .setCap(toProto(state.cap()))
            .setWindowStart(TimestampMapper.toProto(state.start()))
            .setHeld(MoneyMapper.toProto(currency, state.room().held()))
            .setSettled(MoneyMapper.toProto(currency, state.room().settled()))
            .setAvailable(MoneyMapper.toProto(currency, state.room().available()));
    state.end().ifPresent(end -> proto.setWindowEnd(TimestampMapper.toProto(end)));
    return proto.build();
  }

  private static dev.fourthpillar.budget.v1.Cap toProto(Cap cap) {
    return dev.fourthpillar.budget.v1.Cap.newBuilder()
        .setCap(cap.id())
        .setAmount(MoneyMapper.toProto(cap.amount()))
        .setWindow(toProto(cap.window()))
        .setTimeZone(cap.zone().getId())
        .setModel(cap.conditions().model())
        .setTool(cap.conditions().tool())
        .setProject(cap.conditions().project())
        .setNamedOnly(cap.namedOnly())
        .setDisabled(cap.disabled())
        .build();
  }

  private static PageTokens tokens() {
    return PageTokens.of(FundingServiceGrpc.getListCapsMethod().getFullMethodName());
  }
}
