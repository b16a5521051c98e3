package dev.fourthpillar.usage.settle;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.charging.world.BookActivated;
import dev.fourthpillar.charging.world.Claim;
import dev.fourthpillar.charging.world.Delivery;
import dev.fourthpillar.charging.world.HoldAccount;
import dev.fourthpillar.charging.world.PersonTold;
import dev.fourthpillar.charging.world.Price;
import dev.fourthpillar.charging.world.RatePublished;
import dev.fourthpillar.charging.world.Report;
import dev.fourthpillar.charging.world.Source;
import dev.fourthpillar.charging.world.Tokens;
import dev.fourthpillar.charging.world.Worlds;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.type.v1.PayerKind;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.hold.HoldFeed;
import dev.fourthpillar.usage.identity.PeopleFeed;
import dev.fourthpillar.usage.intake.Intake;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the model of charging delivers, as this service receives it. */
final class ModelFeed {
  private static final String PROVIDER = "anthropic";

  /** Which of two equal reports counts is free, but must not depend on arrival: as this service. */
  static final Comparator<Report> TIE_BREAK =
      Comparator.comparing(ModelFeed::key).thenComparing(ModelFeed::content);

  private final World world;
  private int books;

  ModelFeed(World world) {
    this.world = world;
  }

  /** Reports that come together; what waits is looked at by a sweep. */
  void report(List<Report> reports) {
    world
        .jdbi()
        .useTransaction(
            handle ->
                world
                    .service()
                    .bean(Intake.class)
                    .accept(
                        handle,
                        reports.stream().map(ModelFeed::evidence).toList(),
                        World.RECEIVED_AT));
  }

  void deliver(Delivery delivery) {
    switch (delivery) {
      case Report report -> report(List.of(report));
      case HoldAccount account ->
          world
              .jdbi()
              .useTransaction(handle -> HoldFeed.told(world.service(), handle, settled(account)));
      case PersonTold person ->
          world
              .jdbi()
              .useTransaction(
                  handle ->
                      PeopleFeed.told(
                          world.service(),
                          handle,
                          person.version(),
                          person.engineer(),
                          person.gateClosed() ? "DE" : "US",
                          "",
                          "",
                          person.emails().toArray(String[]::new)));
      case BookActivated book -> activate(book);
      case RatePublished _ -> {
        // budget-service's.
      }
    }
  }

  /** The build's own book is the one of the model's beginning. */
  private void activate(BookActivated book) {
    if (book.prices().keySet().equals(Set.of(Worlds.PRICED))) {
      return;
    }
    int version = ++books;
    PriceBookServiceGrpc.PriceBookServiceBlockingStub service =
        world
            .service()
            .stub(PriceBookServiceGrpc::newBlockingStub, world.service().as("fin", Role.FINANCE));
    var _ =
        service.importPriceBook(
            ImportPriceBookRequest.newBuilder()
                .setRequestId("import-model-" + version)
                .setListBookJson(ByteString.copyFromUtf8(json(version, book.prices())))
                .build());
    var _ =
        service.activatePriceBook(
            ActivatePriceBookRequest.newBuilder()
                .setRequestId("activate-model-" + version)
                .setBookId("model/" + version)
                .setConfirm(true)
                .setEmployerDiscount(
                    Decimal.newBuilder().setValue(Price.EMPLOYER_DISCOUNT.toPlainString()))
                .build());
  }

  private static String json(int version, Map<String, Price> prices) {
    return """
    { "format": "fourthpillar.pricebook/1", "id": "model", "version": %d, "currency": "USD",
      "effectiveFrom": "2026-09-01T00:00:00Z", "source": "the model", "rows": [%s] }
    """
        .formatted(
            version,
            prices.entrySet().stream()
                .map(price -> row(price.getKey(), price.getValue()))
                .collect(Collectors.joining(",")));
  }

  private static String row(String model, Price price) {
    return """
    { "provider": "anthropic", "model": "%s", "source": "the model", "prices":
      { "standard": { "0": { "input": "%s", "cache_read": "%s", "output": "%s" } } } }
    """
        .formatted(
            model,
            price.input().toPlainString(),
            price.cached().toPlainString(),
            price.output().toPlainString());
  }

  private static Evidence evidence(Report report) {
    GroupKey group =
        report.group().isEmpty()
            ? new GroupKey("", "")
            : new GroupKey("claude-code", report.group());
    return new Evidence(
        key(report),
        content(report),
        signal(report.source()),
        reporter(report.source()),
        group,
        report.ids().stream().map(id -> new Alias(PROVIDER, id)).collect(Collectors.toSet()),
        report.time(),
        PROVIDER,
        Optional.of(report.model()),
        quantities(report.tokens()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        report.claims().stream().map(ModelFeed::claim).toList(),
        report.hold().map(a -> new HoldAttempt(a.engineer(), a.hold(), a.number(), 0)),
        new Dimensions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of()),
        Set.of());
  }

  private static EvidenceKey key(Report report) {
    return EvidenceKey.of(
        "claude-code", signal(report.source()), report.time(), List.of(report.key()));
  }

  private static Fingerprint content(Report report) {
    return Fingerprint.of(List.of(Integer.toString(report.version()), report.tokens().toString()));
  }

  private static UsageSignal signal(Source source) {
    return switch (source) {
      case PROVIDER, GATEWAY, CLIENT -> UsageSignal.CLAUDE_CODE_API_REQUEST_LOG;
      case CLIENT_SPAN -> UsageSignal.CLAUDE_CODE_LLM_REQUEST_SPAN;
      case HOLD -> UsageSignal.HOLD_ATTEMPT;
    };
  }

  private static Reporter reporter(Source source) {
    return switch (source) {
      case PROVIDER -> Reporter.PROVIDER;
      case GATEWAY, HOLD -> Reporter.GATEWAY;
      case CLIENT, CLIENT_SPAN -> Reporter.CLIENT;
    };
  }

  private static IdentityClaim claim(Claim claim) {
    return switch (claim) {
      case Claim.Email(String address) -> new IdentityClaim(IdentityClaim.Kind.EMAIL, address);
      case Claim.Engineer(String id) -> new IdentityClaim(IdentityClaim.Kind.ENGINEER, id);
    };
  }

  private static Quantities quantities(Tokens tokens) {
    return Quantities.of(
        Map.of(
            TokenMeter.INPUT, tokens.input(),
            TokenMeter.CACHE_READ, tokens.cached(),
            TokenMeter.OUTPUT, tokens.output()));
  }

  private static HoldSettled settled(HoldAccount account) {
    Timestamp reserved =
        Timestamp.newBuilder().setSeconds(account.reserved().getEpochSecond()).build();
    return HoldSettled.newBuilder()
        .setEngineer(account.engineer())
        .setHoldId(account.hold())
        .setSettlementSequence(account.sequence())
        .setOutcome(
            switch (account.outcome()) {
              case SETTLED -> HoldOutcome.HOLD_OUTCOME_SETTLED;
              case ESTIMATED -> HoldOutcome.HOLD_OUTCOME_ESTIMATED;
              case RELEASED -> HoldOutcome.HOLD_OUTCOME_RELEASED;
            })
        .setPayerKind(PayerKind.PAYER_KIND_OWN)
        .setReserveTime(reserved)
        .setEndTime(reserved.toBuilder().setSeconds(reserved.getSeconds() + 60))
        .addAllAttempts(account.bookings().stream().map(ModelFeed::attempt).toList())
        .build();
  }

  private static dev.fourthpillar.events.v1.HoldAttempt attempt(HoldAccount.Booking booking) {
    dev.fourthpillar.events.v1.HoldAttempt.Builder attempt =
        dev.fourthpillar.events.v1.HoldAttempt.newBuilder()
            .setAttempt(booking.attempt())
            .setProvider(PROVIDER)
            .setModel(booking.model())
            .addAllIds(booking.ids())
            .setBookedListAmount(dollars(booking.booked().list()))
            .setBookedEmployerAmount(dollars(booking.booked().employer()));
    quantities(booking.tokens())
        .counts()
        .forEach(
            (meter, count) ->
                attempt.addQuantities(
                    MeterQuantity.newBuilder().setMeter(meter.code()).setQuantity(count)));
    return attempt.build();
  }

  private static Money dollars(long nanos) {
    return MoneyMapper.toProto(new Amount("USD", nanos));
  }
}
