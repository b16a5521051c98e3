package dev.fourthpillar.comp.payroll;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.comp.api.EmployerCostMapper;
import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.v1.GetPayrollChargesRequest;
import dev.fourthpillar.comp.v1.GetPayrollChargesResponse;
import dev.fourthpillar.comp.v1.PutPayrollChargesRequest;
import dev.fourthpillar.comp.v1.PutPayrollChargesResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Employer charges between the contract and the domain. */
final class PayrollChargeMapper {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /** An answer is kept as the message that was sent. */
  static final AnswerCodec<Instant> ANSWER_CODEC =
      new AnswerCodec<>(
          recordedAt -> toProto(recordedAt).toByteArray(), PayrollChargeMapper::fromBytes);

  private PayrollChargeMapper() {}

  static PayrollChargeSet fromProto(PutPayrollChargesRequest request) {
    List<PayrollCharge> charges =
        answered(() -> EmployerCostMapper.charges(request.getChargesList()));
    List<Violation> violations = new ArrayList<>();
    if (!COUNTRIES.contains(request.getCountry())) {
      violations.add(
          violation(
              "country",
              "must be a country of ISO 3166-1; it is '%s'".formatted(request.getCountry())));
    }
    Set<String> rules = new HashSet<>();
    for (int i = 0; i < charges.size(); i++) {
      PayrollCharge charge = charges.get(i);
      if (!rules.add(charge.ruleId())) {
        violations.add(
            violation(
                "charges[" + i + "].rule_id",
                "must differ from those before it; it is '%s'".formatted(charge.ruleId())));
      }
      LocalDate first = charges.getFirst().from();
      if (!charge.from().equals(first)) {
        violations.add(
            violation(
                "charges[" + i + "].effective_date",
                "must be that of the first charge, %s; it is %s".formatted(first, charge.from())));
      }
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return new PayrollChargeSet(request.getCountry(), charges);
  }

  private static Violation violation(String field, String expected) {
    return new Violation(field, expected, "payroll");
  }

  static LocalDate day(GetPayrollChargesRequest request) {
    return DateMapper.fromProto(request.getAsOfDate(), "as_of_date");
  }

  static Optional<Instant> knownAt(GetPayrollChargesRequest request) {
    return request.hasKnownAt()
        ? Optional.of(TimestampMapper.fromProto(request.getKnownAt()))
        : Optional.empty();
  }

  static PutPayrollChargesResponse toProto(Instant recordedAt) {
    return PutPayrollChargesResponse.newBuilder()
        .setRecordTime(TimestampMapper.toProto(recordedAt))
        .build();
  }

  static GetPayrollChargesResponse toProto(List<PayrollCharge> charges) {
    return GetPayrollChargesResponse.newBuilder()
        .addAllCharges(charges.stream().map(EmployerCostMapper::toProto).toList())
        .build();
  }

  private static Instant fromBytes(byte[] bytes) {
    try {
      return TimestampMapper.fromProto(PutPayrollChargesResponse.parseFrom(bytes).getRecordTime());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept answer is no record time", e);
    }
  }
}
