package dev.fourthpillar.backbone.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.type.v1.ErrorProto;
import dev.fourthpillar.type.v1.ErrorReason;
import dev.fourthpillar.type.v1.ErrorTraits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

/** The application's reasons and the contract's are one list, with one meaning each. */
final class ReasonContractTest {
  private static final String PREFIX = "ERROR_REASON_";

  @Test
  void bothListsHaveTheSameNames() {
    List<String> contract =
        Arrays.stream(ErrorReason.values())
            .filter(
                value ->
                    value != ErrorReason.ERROR_REASON_UNSPECIFIED
                        && value != ErrorReason.UNRECOGNIZED)
            .map(value -> value.name().substring(PREFIX.length()))
            .toList();

    assertThat(Arrays.stream(Reason.values()).map(Enum::name))
        .containsExactlyInAnyOrderElementsOf(contract);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void codeAndClassAreThoseOfTheContract(Reason reason) {
    Treatment treatment = Treatment.of(reason);
    ErrorTraits traits =
        treatment.reason().getValueDescriptor().getOptions().getExtension(ErrorProto.traits);

    assertThat(treatment.reason().name()).isEqualTo(PREFIX + reason.name());
    assertThat(treatment.code().name()).isEqualTo(traits.getCode().name());
    assertThat("ERROR_CLASS_" + reason.kind().name()).isEqualTo(traits.getClass_().name());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void onlyATransientReasonSaysWhenToRetry(Reason reason) throws Exception {
    Status status = FailureMapper.toProto(Failure.of(reason, "why"));

    assertThat(status.getDetails(0).unpack(ErrorInfo.class))
        .isEqualTo(
            ErrorInfo.newBuilder().setReason(reason.name()).setDomain("fourthpillar.dev").build());
    assertThat(status.getDetailsList().stream().anyMatch(detail -> detail.is(RetryInfo.class)))
        .isEqualTo(reason.kind() == Reason.Kind.TRANSIENT);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void whatTheCallerDidIsNoWarning(Reason reason) {
    boolean callersBusiness = reason.isFinal() || reason == Reason.CANCELLED;

    if (callersBusiness) {
      assertThat(Treatment.of(reason).level()).isIn(Level.DEBUG, Level.INFO);
    } else if (reason == Reason.INTERNAL) {
      assertThat(Treatment.of(reason).level()).isEqualTo(Level.ERROR);
    } else {
      assertThat(Treatment.of(reason).level()).isNotEqualTo(Level.ERROR);
    }
  }

  @Test
  void detailsFitIntoATrailerHoweverMuchIsWrong() {
    Failure failure = Failure.of(Reason.INVALID_FIELDS, "m".repeat(10_000));
    for (int i = 0; i < 1_000; i++) {
      failure =
          failure.withViolation(
              new dev.fourthpillar.backbone.failure.Violation(
                  "records[" + i + "].amount", "must be more than 0", "int64.gt"));
    }

    assertThat(FailureMapper.toProto(failure).getSerializedSize()).isLessThan(6 * 1024);
  }
}
