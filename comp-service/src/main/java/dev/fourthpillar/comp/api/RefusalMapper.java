package dev.fourthpillar.comp.api;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.fourthpillar.backbone.edge.error.FailureMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.comp.v1.Refusal;
import dev.fourthpillar.comp.v1.RefusedField;
import dev.fourthpillar.type.v1.ErrorReason;

/** A refusal of one of many: what a failed call says in its details, as a message of an answer. */
public final class RefusalMapper {
  private static final String REASON_PREFIX = "ERROR_REASON_";

  private RefusalMapper() {}

  public static Refusal toProto(Failure failure) {
    Status status = FailureMapper.toProto(failure);
    Refusal.Builder refusal = Refusal.newBuilder().setMessage(status.getMessage());
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          refusal.setReason(
              ErrorReason.valueOf(REASON_PREFIX + detail.unpack(ErrorInfo.class).getReason()));
        } else if (detail.is(BadRequest.class)) {
          detail
              .unpack(BadRequest.class)
              .getFieldViolationsList()
              .forEach(
                  violation ->
                      refusal.addFields(
                          RefusedField.newBuilder()
                              .setField(violation.getField())
                              .setDescription(violation.getDescription())));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a failure's own details cannot be read", e);
    }
    return refusal.build();
  }

  /** A refusal that was kept as it was told. */
  public static Failure fromProto(Refusal refusal) {
    Failure failure =
        Failure.of(
            Reason.valueOf(refusal.getReason().name().substring(REASON_PREFIX.length())),
            refusal.getMessage());
    for (RefusedField field : refusal.getFieldsList()) {
      failure =
          failure.withViolation(new Violation(field.getField(), field.getDescription(), "kept"));
    }
    return failure;
  }
}
