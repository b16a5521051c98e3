package dev.fourthpillar.comp.packages;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.feed.FeedLimits;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.comp.entitle.Granted;
import dev.fourthpillar.comp.entitle.Segment;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.Entitlement.QuantityLine;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.events.v1.EntitlementRecurrence;
import dev.fourthpillar.events.v1.EntitlementSegment;
import dev.fourthpillar.events.v1.PackageChanged;
import dev.fourthpillar.events.v1.PooledEntitlement;
import dev.fourthpillar.events.v1.PortabilityRow;
import dev.fourthpillar.events.v1.QuantityEntitlement;
import dev.fourthpillar.events.v1.QuantityEntitlementLine;
import dev.fourthpillar.events.v1.TokenBudgetEntitled;
import dev.fourthpillar.events.v1.UncappedEntitlement;
import dev.fourthpillar.type.v1.MeterQuantity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** What the suite is told of a package. */
final class EntitlementMapper {
  private static final int NANO_DECIMALS = 9;

  private EntitlementMapper() {}

  static NewEvent changed(String engineer, LocalDate effectiveFrom, long version) {
    return NewEvent.of(
            engineer,
            version,
            PackageChanged.newBuilder()
                .setEngineer(engineer)
                .setEffectiveFrom(DateMapper.toProto(effectiveFrom))
                .build())
        .about(engineer);
  }

  /**
   * Where the request says what is granted. What was recorded before was in range, so what is out
   * of it is what is recorded now.
   *
   * @param path of the package in the request
   */
  static String field(String path, CompensationPackage pack) {
    String tokens = path.isEmpty() ? "tokens" : path + ".tokens";
    return pack.tokens().map(TokenBudget::entitlement).stream()
        .map(
            entitlement ->
                switch (entitlement) {
                  case Entitlement.FixedMoney _ -> tokens + ".amount";
                  case Entitlement.PercentOfBase _ -> tokens + ".percent_of_base";
                  case Entitlement.FixedQuantity _,
                      Entitlement.PooledShare _,
                      Entitlement.Uncapped _ ->
                      tokens;
                })
        .findFirst()
        .orElse(tokens);
  }

  /**
   * Who changed an entitlement, and why; both are told to whoever has it.
   *
   * @param author the caller's subject
   * @param reason empty where nothing was said
   */
  record By(String author, String reason) {}

  /**
   * @param field of the amounts in the request
   * @throws dev.fourthpillar.backbone.failure.FailureException AMOUNT_OUT_OF_RANGE for more than a
   *     ledger counts, LIMIT_EXCEEDED for more than an event carries
   */
  static NewEvent entitled(
      Engineer engineer, List<Segment> segments, By by, long version, String field) {
    TokenBudgetEntitled event =
        TokenBudgetEntitled.newBuilder()
            .setEngineer(engineer.id())
            .setAuthor(by.author())
            .setReason(by.reason())
            .addAllSegments(
                segments.stream()
                    .map(segment -> toProto(segment, engineer.profile().fte(), field))
                    .toList())
            .build();
    int bytes = event.getSerializedSize();
    if (bytes > FeedLimits.MAX_PAYLOAD_BYTES) {
      throw Failure.of(
              Reason.LIMIT_EXCEEDED,
              "entitlement of '%s': %d bytes (expected: at most %d)"
                  .formatted(engineer.id(), bytes, FeedLimits.MAX_PAYLOAD_BYTES))
          .with("limit", "entitlement_bytes")
          .with("max", Integer.toString(FeedLimits.MAX_PAYLOAD_BYTES))
          .with("actual", Integer.toString(bytes))
          .asException();
    }
    return NewEvent.of(engineer.id(), version, event).about(engineer.id());
  }

  private static EntitlementSegment toProto(Segment segment, BigDecimal fte, String field) {
    EntitlementSegment.Builder proto =
        EntitlementSegment.newBuilder()
            .setSegmentId(segment.id())
            .setEffectiveFrom(DateMapper.toProto(segment.from()))
            .setRecurrence(
                switch (segment.recurrence()) {
                  case ANNUAL -> EntitlementRecurrence.ENTITLEMENT_RECURRENCE_ANNUAL;
                  case ONE_OFF -> EntitlementRecurrence.ENTITLEMENT_RECURRENCE_ONE_OFF;
                })
            .setFte(DecimalMapper.toProto(fte))
            .addAllPortability(
                segment.portability().stream().map(EntitlementMapper::toProto).toList());
    segment.until().ifPresent(day -> proto.setEffectiveUntil(DateMapper.toProto(day)));
    switch (segment.granted()) {
      case Granted.Amount(Money money) ->
          proto.setAmount(MoneyMapper.toProto(amount(money, field)));
      case Granted.Quantities(List<QuantityLine> lines) ->
          proto.setQuantities(
              QuantityEntitlement.newBuilder()
                  .addAllLines(lines.stream().map(EntitlementMapper::toProto).toList()));
      case Granted.Pooled() -> proto.setPooled(PooledEntitlement.getDefaultInstance());
      case Granted.Uncapped() -> proto.setUncapped(UncappedEntitlement.getDefaultInstance());
    }
    return proto.build();
  }

  /** The ledger counts in nanos. */
  private static Amount amount(Money money, String field) {
    String currency = money.currency().getCurrencyCode();
    try {
      return new Amount(currency, money.amount().movePointRight(NANO_DECIMALS).longValueExact());
    } catch (ArithmeticException _) {
      throw Amount.outOfRange(field, money.amount(), currency).asException();
    }
  }

  private static QuantityEntitlementLine toProto(QuantityLine line) {
    return QuantityEntitlementLine.newBuilder()
        .setProvider(line.provider())
        .setModel(line.model())
        .setQuantity(
            MeterQuantity.newBuilder()
                .setMeter(line.kind())
                .setQuantity(line.quantity().longValueExact()))
        .build();
  }

  private static PortabilityRow toProto(Portability.Row row) {
    return PortabilityRow.newBuilder()
        .setDate(DateMapper.toProto(row.date()))
        .setPercent(DecimalMapper.toProto(row.cumulative().value()))
        .build();
  }
}
