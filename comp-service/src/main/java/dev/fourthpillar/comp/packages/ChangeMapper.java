package dev.fourthpillar.comp.packages;

import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.comp.v1.AddEquityGrantRequest;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import dev.fourthpillar.comp.v1.PutTokenBudgetRequest;
import java.time.LocalDate;

/** What clients want recorded. */
final class ChangeMapper {
  private static final String PACKAGE = "package";

  private ChangeMapper() {}

  static PackageChange fromProto(PutPackageRequest request) {
    StoredPackage stored = ContentMapper.fromProto(request.getPackage(), PACKAGE);
    LocalDate effectiveFrom =
        request.hasEffectiveDate()
            ? DateMapper.fromProto(request.getEffectiveDate(), "effective_date")
            : stored.pack().start();
    return new PackageChange.Whole(effectiveFrom, PACKAGE, stored, request.getReason());
  }

  static PackageChange fromProto(PutTokenBudgetRequest request) {
    return new PackageChange.Part(
        DateMapper.fromProto(request.getEffectiveDate(), "effective_date"),
        before -> {
          CompensationPackage.Builder after = ContentMapper.toProto(before).toBuilder();
          if (request.hasTokens()) {
            after.setTokens(request.getTokens());
          } else {
            after.clearTokens();
          }
          return ContentMapper.fromProto(after.build(), "");
        },
        request.getReason());
  }

  static PackageChange fromProto(AddEquityGrantRequest request) {
    return new PackageChange.Part(
        DateMapper.fromProto(
            request.hasEffectiveDate()
                ? request.getEffectiveDate()
                : request.getGrant().getGrantDate(),
            "effective_date"),
        before -> {
          CompensationPackage after =
              ContentMapper.toProto(before).toBuilder().addEquity(request.getGrant()).build();
          String added = "equity[" + (after.getEquityCount() - 1) + "]";
          try {
            return ContentMapper.fromProto(after, "");
          } catch (FailureException refused) {
            throw inRequest(refused.failure(), added).asException();
          }
        },
        request.getReason());
  }

  /** What was recorded before is valid, so what is wrong is wrong with the grant. */
  private static Failure inRequest(Failure failure, String added) {
    return Failure.invalidFields(
        failure.violations().stream()
            .map(
                violation ->
                    new Violation(
                        violation.field().startsWith(added)
                            ? "grant" + violation.field().substring(added.length())
                            : violation.field().equals("equity")
                                ? "grant"
                                : "grant." + violation.field(),
                        violation.description(),
                        violation.rule()))
            .toList());
  }
}
