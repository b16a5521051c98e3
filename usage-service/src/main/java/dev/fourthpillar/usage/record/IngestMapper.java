package dev.fourthpillar.usage.record;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.evidence.ClaimedCost;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.Providers;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.v1.RecordOutcome;
import dev.fourthpillar.usage.v1.RecordRejection;
import dev.fourthpillar.usage.v1.RecordResult;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordUsageResponse;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.UsageReporter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recorded usage between the contract and the domain. Names every field at fault at once. */
final class IngestMapper {
  private static final String CURRENCY_OF_CLAIMS = "USD";

  private final Caller client;
  private final List<Violation> violations = new ArrayList<>();

  private IngestMapper(Caller client) {
    this.client = client;
  }

  static List<Recording> fromProto(RecordUsageRequest request, Caller client) {
    IngestMapper mapper = new IngestMapper(client);
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; i < request.getRecordsCount(); i++) {
      mapper.recording(request.getRecords(i), "records[" + i + "]").ifPresent(recordings::add);
    }
    if (!mapper.violations.isEmpty()) {
      throw Failure.invalidFields(mapper.violations).asException();
    }
    return recordings;
  }

  static RecordUsageResponse toProto(List<Result> results) {
    RecordUsageResponse.Builder response = RecordUsageResponse.newBuilder();
    results.forEach(
        result ->
            response.addResults(
                RecordResult.newBuilder()
                    .setUsageId(result.usageId())
                    .setOutcome(
                        switch (result.outcome()) {
                          case ACCEPTED -> RecordOutcome.RECORD_OUTCOME_ACCEPTED;
                          case DUPLICATE -> RecordOutcome.RECORD_OUTCOME_DUPLICATE;
                          case CONFLICT -> RecordOutcome.RECORD_OUTCOME_CONFLICT;
                          case REJECTED -> RecordOutcome.RECORD_OUTCOME_REJECTED;
                        })
                    .setRejection(
                        result
                            .rejection()
                            .map(IngestMapper::toProto)
                            .orElse(RecordRejection.RECORD_REJECTION_UNSPECIFIED))));
    return response.build();
  }

  private static RecordRejection toProto(Rejection rejection) {
    return switch (rejection) {
      case TOO_OLD_TO_DEDUPLICATE -> RecordRejection.RECORD_REJECTION_TOO_OLD_TO_DEDUPLICATE;
      case IN_THE_FUTURE -> RecordRejection.RECORD_REJECTION_IN_THE_FUTURE;
    };
  }

  /** Empty where a field is at fault. */
  private Optional<Recording> recording(RecordedUsage record, String path) {
    int before = violations.size();
    texts(record, path);
    Quantities quantities = quantities(record, path);
    List<IdentityClaim> claims = claims(record, path);
    Optional<HoldAttempt> hold = hold(record, path);
    Optional<ClaimedCost> claimed = claimedCost(record, path);
    if (violations.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Recording(
            client.subject(),
            record.getUsageId(),
            TimestampMapper.fromProto(record.getEventTime()),
            Providers.canonical(record.getProvider()),
            record.getModel(),
            quantities,
            Set.copyOf(record.getProviderIdsList()),
            claims,
            hold,
            reporter(record.getReporter()),
            record.getTool(),
            dimensions(record),
            optional(record.getServiceTier()),
            optional(record.getRegion()),
            claimed));
  }

  /** What no annotation says: a text that must be one is not blank, and none has a NUL. */
  private void texts(RecordedUsage record, String path) {
    notBlank(path + ".usage_id", record.getUsageId());
    notBlank(path + ".provider", record.getProvider());
    notBlank(path + ".model", record.getModel());
    for (int i = 0; i < record.getProviderIdsCount(); i++) {
      notBlank(path + ".provider_ids[" + i + "]", record.getProviderIds(i));
    }
    List<String> all = new ArrayList<>(record.getProviderIdsList());
    all.addAll(
        List.of(
            record.getUsageId(),
            record.getProvider(),
            record.getModel(),
            record.getEngineer(),
            record.getHoldId(),
            record.getTool(),
            record.getSession(),
            record.getPrompt(),
            record.getAgent(),
            record.getAgentId(),
            record.getParentAgentId(),
            record.getProject(),
            record.getServiceTier(),
            record.getRegion()));
    record
        .getTagsMap()
        .forEach(
            (key, value) -> {
              all.add(key);
              all.add(value);
            });
    record.getIdentitiesList().forEach(identity -> all.add(identity.getValue()));
    if (all.stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
      violations.add(new Violation(path, "no text may contain a NUL character", "no_nul"));
    }
  }

  private void notBlank(String field, String text) {
    if (text.isBlank()) {
      violations.add(new Violation(field, "must not be blank", "not_blank"));
    }
  }

  private Quantities quantities(RecordedUsage record, String path) {
    Map<Meter, Long> counts = new HashMap<>();
    Set<String> met = new HashSet<>();
    for (int i = 0; i < record.getQuantitiesCount(); i++) {
      MeterQuantity quantity = record.getQuantities(i);
      String field = path + ".quantities[" + i + "]";
      if (quantity.getQuantity() < 0) {
        violations.add(
            new Violation(
                field + ".quantity", quantity.getQuantity() + " (expected: >= 0)", "int64.gte"));
        continue;
      }
      if (!met.add(quantity.getMeter())) {
        violations.add(
            new Violation(field + ".meter", "named twice (expected: each meter once)", "unique"));
        continue;
      }
      try {
        counts.put(Meter.parse(quantity.getMeter()), quantity.getQuantity());
      } catch (IllegalArgumentException _) {
        violations.add(
            new Violation(
                field + ".meter",
                "'" + quantity.getMeter() + "' is no meter (expected: one of the vocabulary)",
                "meter"));
      }
    }
    long output = counts.getOrDefault(TokenMeter.OUTPUT, 0L);
    if (counts.getOrDefault(TokenMeter.REASONING, 0L) > output) {
      violations.add(
          new Violation(
              path + ".quantities", "reasoning is a part of output, " + output, "reasoning"));
    }
    return Quantities.of(counts);
  }

  private List<IdentityClaim> claims(RecordedUsage record, String path) {
    List<IdentityClaim> claims = new ArrayList<>();
    client
        .engineer()
        .ifPresent(id -> claims.add(new IdentityClaim(IdentityClaim.Kind.ENGINEER, id)));
    claims.add(new IdentityClaim(IdentityClaim.Kind.CREDENTIAL, client.subject()));
    optional(record.getEngineer())
        .ifPresent(id -> claims.add(new IdentityClaim(IdentityClaim.Kind.ENGINEER, id)));
    for (int i = 0; i < record.getIdentitiesCount(); i++) {
      Identity identity = record.getIdentities(i);
      if (identity.getValue().isBlank()) {
        notBlank(path + ".identities[" + i + "].value", identity.getValue());
      } else {
        kind(identity).ifPresent(kind -> claims.add(new IdentityClaim(kind, identity.getValue())));
      }
    }
    return claims;
  }

  private static Optional<IdentityClaim.Kind> kind(Identity identity) {
    return switch (identity.getKind()) {
      case IDENTITY_KIND_EMAIL -> Optional.of(IdentityClaim.Kind.EMAIL);
      case IDENTITY_KIND_ACCOUNT -> Optional.of(IdentityClaim.Kind.ACCOUNT_ID);
      case IDENTITY_KIND_USER -> Optional.of(IdentityClaim.Kind.USER_ID);
      case IDENTITY_KIND_INSTALLATION -> Optional.of(IdentityClaim.Kind.INSTALLATION_ID);
      case IDENTITY_KIND_CREDENTIAL -> Optional.of(IdentityClaim.Kind.CREDENTIAL);
      case IDENTITY_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  /** A hold is named by its engineer too; the credential's engineer wins here as everywhere. */
  private Optional<HoldAttempt> hold(RecordedUsage record, String path) {
    if (record.getHoldId().isBlank()) {
      return Optional.empty();
    }
    Optional<String> engineer = client.engineer().or(() -> optional(record.getEngineer()));
    if (engineer.isEmpty()) {
      violations.add(
          new Violation(path + ".engineer", "must be set where hold_id is", "required_with_hold"));
      return Optional.empty();
    }
    return Optional.of(
        new HoldAttempt(
            engineer.get(), record.getHoldId(), Math.max(1, record.getHoldAttempt()), 0));
  }

  private Optional<ClaimedCost> claimedCost(RecordedUsage record, String path) {
    if (!record.hasClaimedCost()) {
      return Optional.empty();
    }
    String field = path + ".claimed_cost";
    Money money = record.getClaimedCost();
    List<Violation> wrong = MoneyMapper.violations(money, field);
    if (!wrong.isEmpty()) {
      violations.addAll(wrong);
      return Optional.empty();
    }
    if (!money.getCurrencyCode().equals(CURRENCY_OF_CLAIMS)) {
      violations.add(
          new Violation(
              field + ".currency_code",
              money.getCurrencyCode() + " (expected: " + CURRENCY_OF_CLAIMS + ")",
              "currency"));
      return Optional.empty();
    }
    long nanos = MoneyMapper.fromProto(money, field).nanos();
    if (nanos < 0) {
      violations.add(new Violation(field, "negative (expected: 0 or more)", "money.not_negative"));
      return Optional.empty();
    }
    return Optional.of(new ClaimedCost(nanos));
  }

  private static Reporter reporter(UsageReporter reporter) {
    return switch (reporter) {
      case USAGE_REPORTER_PROVIDER -> Reporter.PROVIDER;
      case USAGE_REPORTER_GATEWAY -> Reporter.GATEWAY;
      case USAGE_REPORTER_CLIENT, USAGE_REPORTER_UNSPECIFIED, UNRECOGNIZED -> Reporter.CLIENT;
    };
  }

  private static Dimensions dimensions(RecordedUsage record) {
    return new Dimensions(
        optional(record.getSession()),
        optional(record.getPrompt()),
        Optional.empty(),
        optional(record.getAgent()),
        optional(record.getAgentId()),
        optional(record.getParentAgentId()),
        !record.getParentAgentId().isBlank(),
        optional(record.getProject()),
        Optional.empty(),
        Optional.empty(),
        record.getTagsMap());
  }

  private static Optional<String> optional(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
