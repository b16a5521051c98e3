package dev.fourthpillar.comp.fxrate;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Currencies;
import dev.fourthpillar.comp.v1.GetFxRateRequest;
import dev.fourthpillar.comp.v1.GetFxRateResponse;
import dev.fourthpillar.comp.v1.PutFxRatesRequest;
import dev.fourthpillar.comp.v1.PutFxRatesResponse;
import dev.fourthpillar.events.v1.FxRatePublished;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Exchange rates between the contract and the domain. */
final class FxRateMapper {
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(Quoted.MAX_DIGITS);

  /**
   * An answer is kept as the message that was sent; the versions, which nobody is told, are lost.
   */
  static final AnswerCodec<List<FxRate>> ANSWER_CODEC =
      new AnswerCodec<>(rates -> toPutResponse(rates).toByteArray(), FxRateMapper::fromBytes);

  private FxRateMapper() {}

  static List<Quoted> fromProto(PutFxRatesRequest request) {
    List<Violation> violations = new ArrayList<>();
    List<Quoted> quotes = new ArrayList<>();
    Set<Quoted.Slot> seen = new HashSet<>();
    for (int i = 0; i < request.getRatesCount(); i++) {
      String field = "rates[" + i + "]";
      quote(request.getRates(i), field, violations)
          .ifPresent(
              quote -> {
                quotes.add(quote);
                if (!seen.add(quote.slot())) {
                  violations.add(
                      new Violation(
                          field,
                          "must be the only one of its currencies, day and publisher",
                          "fx.unique"));
                }
              });
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return quotes;
  }

  private static Optional<Quoted> quote(
      dev.fourthpillar.comp.v1.FxRate rate, String field, List<Violation> violations) {
    int before = violations.size();
    Optional<Pair> pair =
        pair(rate.getSourceCurrencyCode(), rate.getTargetCurrencyCode(), field + ".", violations);
    BigDecimal value = DecimalMapper.fromProto(rate.getRate(), field + ".rate");
    if (value.signum() <= 0
        || value.compareTo(LIMIT) >= 0
        || value.stripTrailingZeros().scale() > Quoted.MAX_DIGITS) {
      violations.add(
          new Violation(
              field + ".rate",
              "must be above 0, with at most %d digits before and %d behind the point; it is %s"
                  .formatted(Quoted.MAX_DIGITS, Quoted.MAX_DIGITS, value.toPlainString()),
              "fx.rate"));
    }
    LocalDate date = DateMapper.fromProto(rate.getDate(), field + ".date");
    if (date.isBefore(Checks.EARLIEST_DATE)) {
      violations.add(
          new Violation(
              field + ".date",
              "must not be before %s; it is %s".formatted(Checks.EARLIEST_DATE, date),
              "fx.date"));
    }
    if (rate.getPublisher().isBlank()) {
      violations.add(new Violation(field + ".publisher", "must not be blank", "fx.publisher"));
    }
    return violations.size() > before
        ? Optional.empty()
        : pair.map(p -> new Quoted(p.source(), p.target(), value, date, rate.getPublisher()));
  }

  static Pair pair(GetFxRateRequest request) {
    List<Violation> violations = new ArrayList<>();
    Optional<Pair> pair =
        pair(request.getSourceCurrencyCode(), request.getTargetCurrencyCode(), "", violations);
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return pair.orElseThrow();
  }

  static LocalDate date(GetFxRateRequest request) {
    return DateMapper.fromProto(request.getDate(), "date");
  }

  private static Optional<Pair> pair(
      String source, String target, String prefix, List<Violation> violations) {
    Optional<Currency> from = currency(source, prefix + "source_currency_code", violations);
    Optional<Currency> to = currency(target, prefix + "target_currency_code", violations);
    if (source.equals(target)) {
      violations.add(
          new Violation(
              prefix + "target_currency_code",
              "must be another currency than the source, %s".formatted(source),
              "fx.pair"));
    }
    return from.flatMap(f -> to.map(t -> new Pair(f, t)));
  }

  private static Optional<Currency> currency(
      String code, String field, List<Violation> violations) {
    Optional<Currency> known = Currencies.withMinorUnits(code);
    if (known.isEmpty()) {
      violations.add(
          new Violation(
              field,
              "must be a currency of ISO 4217 with minor units; it is '%s'".formatted(code),
              "fx.currency"));
    }
    return known;
  }

  static PutFxRatesResponse toPutResponse(List<FxRate> rates) {
    return PutFxRatesResponse.newBuilder()
        .addAllRates(rates.stream().map(FxRateMapper::toProto).toList())
        .build();
  }

  static GetFxRateResponse toGetResponse(Found found) {
    return GetFxRateResponse.newBuilder()
        .setRate(toProto(found.rate()))
        .setInverse(found.inverse())
        .build();
  }

  static NewEvent published(FxRate rate) {
    Quoted quoted = rate.quoted();
    return NewEvent.of(
        quoted.pair().key(),
        rate.version(),
        FxRatePublished.newBuilder()
            .setFxRateId(rate.id().toString())
            .setSourceCurrencyCode(quoted.source().getCurrencyCode())
            .setTargetCurrencyCode(quoted.target().getCurrencyCode())
            .setRate(DecimalMapper.toProto(quoted.rate()))
            .setDate(DateMapper.toProto(quoted.date()))
            .setSource(quoted.publisher())
            .build());
  }

  private static dev.fourthpillar.comp.v1.FxRate toProto(FxRate rate) {
    Quoted quoted = rate.quoted();
    return dev.fourthpillar.comp.v1.FxRate.newBuilder()
        .setFxRateId(rate.id().toString())
        .setSourceCurrencyCode(quoted.source().getCurrencyCode())
        .setTargetCurrencyCode(quoted.target().getCurrencyCode())
        .setRate(DecimalMapper.toProto(quoted.rate()))
        .setDate(DateMapper.toProto(quoted.date()))
        .setPublisher(quoted.publisher())
        .setRecordTime(TimestampMapper.toProto(rate.recordedAt()))
        .build();
  }

  private static List<FxRate> fromBytes(byte[] bytes) {
    try {
      return PutFxRatesResponse.parseFrom(bytes).getRatesList().stream()
          .map(
              rate ->
                  new FxRate(
                      UUID.fromString(rate.getFxRateId()),
                      new Quoted(
                          Currency.getInstance(rate.getSourceCurrencyCode()),
                          Currency.getInstance(rate.getTargetCurrencyCode()),
                          DecimalMapper.fromProto(rate.getRate(), "rate"),
                          DateMapper.fromProto(rate.getDate(), "date"),
                          rate.getPublisher()),
                      0,
                      TimestampMapper.fromProto(rate.getRecordTime())))
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept answer is not one of rates", e);
    }
  }
}
