package dev.fourthpillar.budget.enforcement;

import com.google.common.hash.Hashing;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.hold.HoldTerms;
import dev.fourthpillar.budget.v1.CallEstimate;
import dev.fourthpillar.budget.v1.CallReport;
import dev.fourthpillar.budget.v1.ExtendHoldRequest;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.QuoteCallRequest;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.ServiceTier;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.type.v1.MeterQuantity;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Commands from the contract to the domain. What the contract's rules could say with expressions
 * only is checked here: evaluating three of them for each call took a tenth of the service's time.
 */
@Singleton
final class EnforcementMapper {
  private static final java.time.Duration DEFAULT_TTL = java.time.Duration.ofMinutes(10);

  /** 96 bits: two contents of one id would need 2^48 attempts to be taken for the same. */
  private static final int DIGEST_BYTES = 12;

  /** By these a hold is found: nothing that is compared with it can differ in them. */
  private static final Set<String> HOLD_NAME = Set.of("engineer", "hold_id");

  private static final String CAP_PREFIX = CapKey.scope("");

  private final long maxEstimatedOutput;

  EnforcementMapper(EnforcementConfig config) {
    this.maxEstimatedOutput = config.maxEstimatedOutput();
  }

  ReserveOrder fromProto(ReserveRequest request) {
    return new ReserveOrder(
        new HoldTerms(
            request.getEngineer(),
            request.getHoldId(),
            ttl(request.hasTtl(), request.getTtl()),
            onExpiry(request.getOnExpiry()),
            request.getProject(),
            request.getTool(),
            request.getAgent(),
            request.getAllowPartial()),
        request.getPayer(),
        request.hasAmount()
            ? new Wanted.Money(MoneyMapper.fromProto(request.getAmount(), "amount"))
            : new Wanted.Estimated(fromProto(request.getCall())),
        request.getIdsList(),
        content(request),
        caps(request.getScopesList()));
  }

  /** The reserve that is asked about; it has no id, so that it is nobody's repetition. */
  ReserveOrder fromProto(QuoteCallRequest request) {
    return new ReserveOrder(
        new HoldTerms(
            request.getEngineer(),
            "",
            DEFAULT_TTL,
            dev.fourthpillar.budget.hold.OnExpiry.SETTLE_ESTIMATE,
            request.getProject(),
            request.getTool(),
            "",
            false),
        "",
        new Wanted.Estimated(fromProto(request.getCall())),
        List.of(),
        Map.of(),
        caps(request.getScopesList()));
  }

  /** Ids of the caps that are named. */
  private static Set<String> caps(List<String> scopes) {
    return scopes.stream()
        .map(scope -> scope.substring(CAP_PREFIX.length()))
        .collect(Collectors.toSet());
  }

  SettleOrder fromProto(SettleRequest request) {
    if (request.getCallsCount() == 0 && !request.hasActualAmount()) {
      throw Failure.invalidField(
              "calls", "one of calls, actual_amount must be set", "settle.something")
          .asException();
    }
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < request.getCallsCount(); i++) {
      calls.add(fromProto(request.getCalls(i), "calls[" + i + "]"));
    }
    Optional<Amount> actual =
        request.hasActualAmount()
            ? Optional.of(MoneyMapper.fromProto(request.getActualAmount(), "actual_amount"))
            : Optional.empty();
    return new SettleOrder(
        request.getEngineer(), request.getHoldId(), calls, actual, content(request));
  }

  static ReleaseOrder fromProto(ReleaseRequest request) {
    return new ReleaseOrder(request.getEngineer(), request.getHoldId());
  }

  static ExtendOrder fromProto(ExtendHoldRequest request) {
    return new ExtendOrder(
        request.getEngineer(),
        request.getHoldId(),
        ttl(request.hasTtl(), request.getTtl()),
        request.getIdsList());
  }

  Call fromProto(CallEstimate call) {
    Quantities known = quantities(call.getQuantitiesList(), "call.quantities");
    if (call.getMaxOutputTokens() > 0 && known.count(TokenMeter.OUTPUT) > 0) {
      throw Failure.invalidField(
              "call.max_output_tokens",
              "must be 0 when quantities say the output",
              "call.one_output")
          .asException();
    }
    if (call.getMaxOutputTokens() == 0 && known.isEmpty()) {
      throw Failure.invalidField(
              "call.quantities", "must not be empty without max_output_tokens", "call.something")
          .asException();
    }
    Quantities all =
        call.getMaxOutputTokens() == 0
            ? known
            : known.with(
                TokenMeter.OUTPUT, Math.min(call.getMaxOutputTokens(), maxEstimatedOutput));
    return new Call(
        call.getProvider(), call.getModel(), List.of(), all, tier(call.getServiceTier()));
  }

  private static Call fromProto(CallReport call, String field) {
    return new Call(
        call.getProvider(),
        call.getModel(),
        call.getIdsList(),
        quantities(call.getQuantitiesList(), field + ".quantities"),
        tier(call.getServiceTier()));
  }

  private static Quantities quantities(List<MeterQuantity> told, String field) {
    Map<Meter, Long> counts = new TreeMap<>();
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      MeterQuantity one = told.get(i);
      String path = field + "[" + i + "]";
      if (one.getQuantity() < 0) {
        violations.add(
            new Violation(
                path + ".quantity", one.getQuantity() + " (expected: 0 or more)", "int64.gte"));
      }
      try {
        if (counts.put(Meter.parse(one.getMeter()), one.getQuantity()) != null) {
          violations.add(
              new Violation(path + ".meter", "must be there once only", "quantities.unique"));
        }
      } catch (IllegalArgumentException _) {
        violations.add(
            new Violation(
                path + ".meter",
                "'%s' (expected: a meter of docs/architecture/pricing.md)"
                    .formatted(one.getMeter()),
                "quantities.meter"));
      }
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return Quantities.of(counts);
  }

  private static java.time.Duration ttl(boolean set, Duration ttl) {
    return set ? java.time.Duration.ofSeconds(ttl.getSeconds(), ttl.getNanos()) : DEFAULT_TTL;
  }

  private static dev.fourthpillar.budget.hold.OnExpiry onExpiry(OnExpiry onExpiry) {
    return switch (onExpiry) {
      case ON_EXPIRY_RELEASE -> dev.fourthpillar.budget.hold.OnExpiry.RELEASE;
      case ON_EXPIRY_SETTLE_ESTIMATE, ON_EXPIRY_UNSPECIFIED, UNRECOGNIZED ->
          dev.fourthpillar.budget.hold.OnExpiry.SETTLE_ESTIMATE;
    };
  }

  private static dev.fourthpillar.pricing.book.ServiceTier tier(ServiceTier tier) {
    return switch (tier) {
      case SERVICE_TIER_STANDARD, SERVICE_TIER_UNSPECIFIED, UNRECOGNIZED ->
          dev.fourthpillar.pricing.book.ServiceTier.STANDARD;
      case SERVICE_TIER_BATCH -> dev.fourthpillar.pricing.book.ServiceTier.BATCH;
      case SERVICE_TIER_FLEX -> dev.fourthpillar.pricing.book.ServiceTier.FLEX;
      case SERVICE_TIER_PRIORITY -> dev.fourthpillar.pricing.book.ServiceTier.PRIORITY;
      case SERVICE_TIER_FAST -> dev.fourthpillar.pricing.book.ServiceTier.FAST;
    };
  }

  /** What a request says beside the hold's name, as one digest for each field that is set. */
  private static Map<String, String> content(Message request) {
    Map<String, String> digests = new TreeMap<>();
    MutatingRequests.content(request)
        .forEach(
            (path, bytes) -> {
              if (!HOLD_NAME.contains(path)) {
                digests.put(path, digest(bytes));
              }
            });
    return digests;
  }

  private static String digest(byte[] bytes) {
    // That a message is set, whose fields are told for themselves.
    if (bytes.length == 0) {
      return "";
    }
    return HexFormat.of().formatHex(Hashing.sha256().hashBytes(bytes).asBytes(), 0, DIGEST_BYTES);
  }
}
