package dev.fourthpillar.budget.told;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.budget.fx.Quote;
import dev.fourthpillar.budget.gate.GateChange;
import dev.fourthpillar.budget.person.Employment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.pricing.BookActivation;
import dev.fourthpillar.budget.pricing.BookChunk;
import dev.fourthpillar.events.v1.CollectionGateChanged;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.EngineerLeft;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.FxRatePublished;
import dev.fourthpillar.events.v1.PriceBookActivated;
import dev.fourthpillar.events.v1.PriceBookRows;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Other services' events as what this one keeps of them. */
final class ToldMapper {
  private ToldMapper() {}

  static Person person(Event event) {
    EngineerChanged told = unpack(event, EngineerChanged.class);
    return new Person(
        told.getEngineer(),
        event.getVersion(),
        told.getTeam(),
        told.getCountry(),
        ZoneId.of(told.getTimeZone()),
        told.getCurrencyCode(),
        new Employment(
            DateMapper.fromProto(told.getStartDate(), "start_date"),
            told.hasLastDay()
                ? Optional.of(DateMapper.fromProto(told.getLastDay(), "last_day"))
                : Optional.empty()));
  }

  static LocalDate lastDay(Event event) {
    return DateMapper.fromProto(unpack(event, EngineerLeft.class).getLastDay(), "last_day");
  }

  static Quote quote(Event event) {
    FxRatePublished told = unpack(event, FxRatePublished.class);
    return new Quote(
        told.getFxRateId(),
        told.getSourceCurrencyCode(),
        told.getTargetCurrencyCode(),
        new BigDecimal(told.getRate().getValue()),
        DateMapper.fromProto(told.getDate(), "date"),
        event.getVersion());
  }

  static BookChunk chunk(Event event) {
    PriceBookRows told = unpack(event, PriceBookRows.class);
    return new BookChunk(
        told.getBookId(),
        told.getChunk(),
        told.getListBookJson().toStringUtf8(),
        told.getEmployerBookJson().toStringUtf8());
  }

  static BookActivation activation(Event event) {
    PriceBookActivated told = unpack(event, PriceBookActivated.class);
    String discount = told.getEmployerDiscount().getValue();
    return new BookActivation(
        told.getBookId(),
        told.getCurrencyCode(),
        TimestampMapper.fromProto(told.getEffectiveTime()),
        told.getChunkCount(),
        discount.isEmpty() ? BigDecimal.ZERO : new BigDecimal(discount),
        time(event));
  }

  static GateChange gate(Event event) {
    CollectionGateChanged told = unpack(event, CollectionGateChanged.class);
    boolean open =
        switch (told.getState()) {
          case COLLECTION_GATE_STATE_OPEN -> true;
          // What is newer than this replica is no permission.
          case COLLECTION_GATE_STATE_CLOSED, COLLECTION_GATE_STATE_UNSPECIFIED, UNRECOGNIZED ->
              false;
        };
    return new GateChange(
        told.getCountry(), open, TimestampMapper.fromProto(told.getSince()), event.getVersion());
  }

  /** When it happened. */
  static Instant time(Event event) {
    return TimestampMapper.fromProto(event.getTime());
  }

  /** What it carries, as it came. */
  static byte[] payload(Event event) {
    return event.getData().getValue().toByteArray();
  }

  private static <M extends Message> M unpack(Event event, Class<M> type) {
    try {
      return event.getData().unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "event %s is no %s".formatted(event.getId(), event.getType()), e);
    }
  }
}
