package dev.fourthpillar.budget.enforcement;

import com.google.protobuf.Message;
import dev.fourthpillar.backbone.edge.error.PartFailureMapper;
import dev.fourthpillar.backbone.edge.validation.RequestValidator;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.v1.EnforceCommand;
import dev.fourthpillar.budget.v1.EnforceResult;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.ExtendHoldResponse;
import dev.fourthpillar.budget.v1.ReleaseResponse;
import io.grpc.MethodDescriptor;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** The commands of a batch, which are the requests of the RPCs of the same names. */
@Singleton
final class CommandMapper {
  private final EnforcementMapper requests;
  private final Provider<RequestValidator> validator;
  private final PartFailureMapper failures;

  /**
   * @param validator is made of what all services offer, of which this is a part
   */
  CommandMapper(
      EnforcementMapper requests,
      Provider<RequestValidator> validator,
      PartFailureMapper failures) {
    this.requests = requests;
    this.validator = validator;
    this.failures = failures;
  }

  /**
   * The order of a command.
   *
   * @throws dev.fourthpillar.backbone.failure.FailureException INVALID_FIELDS
   */
  Order fromProto(EnforceCommand command) {
    return switch (command.getCommandCase()) {
      case RESERVE -> requests.fromProto(valid(command.getReserve()));
      case SETTLE -> requests.fromProto(valid(command.getSettle()));
      case RELEASE -> EnforcementMapper.fromProto(valid(command.getRelease()));
      case EXTEND_HOLD -> EnforcementMapper.fromProto(valid(command.getExtendHold()));
      case COMMAND_NOT_SET ->
          throw Failure.invalidField(
                  "command",
                  "one of reserve, settle, release, extend_hold must be set",
                  "oneof.required")
              .asException();
    };
  }

  private <M extends Message> M valid(M request) {
    validator.get().requireValid(request);
    return request;
  }

  EnforceResult toProto(EnforceCommand command, Decision<AccountAnswer> decision) {
    return switch (decision) {
      case Decision.Accepted<AccountAnswer>(AccountAnswer answer) ->
          toProto(command, answer.hold().orElseThrow());
      case Decision.Refused<AccountAnswer>(Failure why) ->
          EnforceResult.newBuilder().setError(failures.toProto(method(command), why)).build();
    };
  }

  EnforceResult toProto(EnforceCommand command, Throwable thrown) {
    return EnforceResult.newBuilder().setError(failures.toProto(method(command), thrown)).build();
  }

  private static EnforceResult toProto(EnforceCommand command, Hold hold) {
    EnforceResult.Builder result = EnforceResult.newBuilder();
    switch (command.getCommandCase()) {
      case RESERVE -> result.setReserve(HoldMapper.toReserveResponse(hold));
      case SETTLE -> result.setSettle(HoldMapper.toSettleResponse(hold));
      case RELEASE ->
          result.setRelease(ReleaseResponse.newBuilder().setHold(HoldMapper.toProto(hold)));
      case EXTEND_HOLD ->
          result.setExtendHold(ExtendHoldResponse.newBuilder().setHold(HoldMapper.toProto(hold)));
      case COMMAND_NOT_SET -> throw new IllegalStateException("nothing was asked for");
    }
    return result.build();
  }

  /** Failures are counted and logged by the RPC that does the same alone. */
  private static String method(EnforceCommand command) {
    MethodDescriptor<?, ?> method =
        switch (command.getCommandCase()) {
          case RESERVE -> EnforcementServiceGrpc.getReserveMethod();
          case SETTLE -> EnforcementServiceGrpc.getSettleMethod();
          case RELEASE -> EnforcementServiceGrpc.getReleaseMethod();
          case EXTEND_HOLD -> EnforcementServiceGrpc.getExtendHoldMethod();
          case COMMAND_NOT_SET -> EnforcementServiceGrpc.getEnforceMethod();
        };
    return method.getFullMethodName();
  }
}
