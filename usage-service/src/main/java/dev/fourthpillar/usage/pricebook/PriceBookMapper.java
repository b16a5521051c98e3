package dev.fourthpillar.usage.pricebook;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.events.v1.PriceBookActivated;
import dev.fourthpillar.events.v1.PriceBookRows;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceBookJson;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.ActivatePriceBookResponse;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.GetPriceResponse;
import dev.fourthpillar.usage.v1.ImportPriceBookResponse;
import dev.fourthpillar.usage.v1.ListPriceBooksRequest;
import dev.fourthpillar.usage.v1.ListPriceBooksResponse;
import dev.fourthpillar.usage.v1.MeterPrice;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Price books between the contract and the domain. */
final class PriceBookMapper {
  /** An event holds 256 KiB; one side's rows get less than half of it. */
  private static final int MAX_CHUNK_BYTES = 100 * 1024;

  private static final int MAX_CHUNK_ROWS = 200;
  private static final int MAX_DISCOUNT_SCALE = 6;

  static final AnswerCodec<StoredBook> BOOK_CODEC =
      new AnswerCodec<>(
          book -> toProto(book).toByteArray(),
          bytes -> {
            try {
              return fromProto(dev.fourthpillar.usage.v1.PriceBook.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a kept answer is no price book", e);
            }
          });

  static final AnswerCodec<PriceBookService.Imported> IMPORTED_CODEC =
      new AnswerCodec<>(
          imported -> toProto(imported).toByteArray(),
          bytes -> {
            try {
              return fromProto(ImportPriceBookResponse.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a kept answer is no import", e);
            }
          });

  private PriceBookMapper() {}

  /** The book in chunks, and that it takes effect. */
  static List<NewEvent> events(StoredBook book) {
    List<String> list = chunks(Books.parse(book.listJson()));
    List<String> employer =
        book.employerJson().map(json -> chunks(Books.parse(json))).orElse(List.of());
    int count = Math.max(list.size(), employer.size());
    List<NewEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          NewEvent.of(
              book.bookId(),
              0,
              PriceBookRows.newBuilder()
                  .setBookId(book.bookId())
                  .setChunk(i + 1)
                  .setListBookJson(bytes(list, i))
                  .setEmployerBookJson(bytes(employer, i))
                  .build()));
    }
    events.add(
        NewEvent.of(
            book.bookId(),
            0,
            PriceBookActivated.newBuilder()
                .setBookId(book.bookId())
                .setCurrencyCode(book.currency())
                .setEffectiveTime(TimestampMapper.toProto(book.effectiveTime()))
                .setChunkCount(count)
                .setEmployerDiscount(
                    DecimalMapper.toProto(book.employerDiscount().orElse(BigDecimal.ZERO)))
                .build()));
    return events;
  }

  private static ByteString bytes(List<String> chunks, int i) {
    return i < chunks.size() ? ByteString.copyFromUtf8(chunks.get(i)) : ByteString.EMPTY;
  }

  private static List<String> chunks(PriceBook book) {
    List<String> chunks = new ArrayList<>();
    split(book, List.copyOf(book.rows().values()), chunks);
    return chunks;
  }

  private static void split(PriceBook book, List<PriceRow> rows, List<String> into) {
    String json = PriceBookJson.write(PriceBook.of(book.header(), rows));
    boolean fits =
        rows.size() <= MAX_CHUNK_ROWS
            && json.getBytes(StandardCharsets.UTF_8).length <= MAX_CHUNK_BYTES;
    if (fits || rows.size() == 1) {
      into.add(json);
    } else {
      split(book, rows.subList(0, rows.size() / 2), into);
      split(book, rows.subList(rows.size() / 2, rows.size()), into);
    }
  }

  static ModelName model(GetPriceRequest request) {
    return request.getProvider().isEmpty()
        ? ModelName.of(request.getModel())
        : ModelName.of(request.getProvider(), request.getModel());
  }

  static Optional<Instant> time(GetPriceRequest request) {
    return request.hasUsageTime()
        ? Optional.of(TimestampMapper.fromProto(request.getUsageTime()))
        : Optional.empty();
  }

  static GetPriceResponse toProto(PriceBookService.Found found) {
    PriceRow row = found.resolution().row();
    GetPriceResponse.Builder response =
        GetPriceResponse.newBuilder()
            .setBookId(found.book().bookId())
            .setProvider(row.key().provider())
            .setModel(row.key().model())
            .setResolution(found.resolution().method().name())
            .setCurrencyCode(found.book().currency());
    row.rates()
        .forEach(
            (tier, tiered) ->
                tiered
                    .byThreshold()
                    .forEach(
                        (threshold, card) ->
                            card.pricePerMillion()
                                .forEach(
                                    (meter, price) ->
                                        response.addPrices(
                                            MeterPrice.newBuilder()
                                                .setMeter(meter.code())
                                                .setServiceTier(
                                                    tier.name().toLowerCase(Locale.ROOT))
                                                .setPromptThreshold(threshold)
                                                .setPricePerMillion(
                                                    DecimalMapper.toProto(price))))));
    return response.build();
  }

  static PageRequest page(ListPriceBooksRequest request) {
    return tokens().read(request.getPageSize(), request.getPageToken());
  }

  static ListPriceBooksResponse toProto(Page<StoredBook> page) {
    return ListPriceBooksResponse.newBuilder()
        .addAllBooks(page.items().stream().map(PriceBookMapper::toProto).toList())
        .setNextPageToken(tokens().next(page))
        .build();
  }

  private static PageTokens tokens() {
    return PageTokens.of(PriceBookServiceGrpc.getListPriceBooksMethod().getFullMethodName());
  }

  static Optional<BigDecimal> discount(ActivatePriceBookRequest request) {
    if (!request.hasEmployerDiscount()) {
      return Optional.empty();
    }
    String text = request.getEmployerDiscount().getValue();
    if (text.matches("0(\\.[0-9]{1,6})?|1(\\.0{1," + MAX_DISCOUNT_SCALE + "})?")) {
      return Optional.of(new BigDecimal(text));
    }
    throw Failure.invalidField(
            "employer_discount", "must be a decimal from 0 to 1 with at most 6 digits", "discount")
        .asException();
  }

  static ActivatePriceBookResponse toActivated(StoredBook book) {
    return ActivatePriceBookResponse.newBuilder().setBook(toProto(book)).build();
  }

  static ImportPriceBookResponse toProto(PriceBookService.Imported imported) {
    return ImportPriceBookResponse.newBuilder()
        .setBook(toProto(imported.book()))
        .setAddedCount(imported.added())
        .setDroppedCount(imported.dropped())
        .setChangedCount(imported.changed())
        .setConfirmationRequired(imported.book().needsConfirmation())
        .build();
  }

  private static PriceBookService.Imported fromProto(ImportPriceBookResponse response) {
    return new PriceBookService.Imported(
        fromProto(response.getBook(), response.getConfirmationRequired()),
        response.getAddedCount(),
        response.getDroppedCount(),
        response.getChangedCount());
  }

  private static dev.fourthpillar.usage.v1.PriceBook toProto(StoredBook book) {
    var message =
        dev.fourthpillar.usage.v1.PriceBook.newBuilder()
            .setBookId(book.bookId())
            .setCurrencyCode(book.currency())
            .setEffectiveTime(TimestampMapper.toProto(book.effectiveTime()))
            .setSource(book.source())
            .setRowCount(book.rows())
            .setEmployerRowCount(book.employerRows())
            .setCreateTime(TimestampMapper.toProto(book.createdAt()));
    book.employerDiscount()
        .ifPresent(discount -> message.setEmployerDiscount(DecimalMapper.toProto(discount)));
    book.activatedAt().ifPresent(at -> message.setActivateTime(TimestampMapper.toProto(at)));
    return message.build();
  }

  private static StoredBook fromProto(dev.fourthpillar.usage.v1.PriceBook book) {
    return fromProto(book, false);
  }

  /** Without its rows, which no answer carries. */
  private static StoredBook fromProto(
      dev.fourthpillar.usage.v1.PriceBook book, boolean needsConfirmation) {
    return new StoredBook(
        book.getBookId(),
        book.getCurrencyCode(),
        TimestampMapper.fromProto(book.getEffectiveTime()),
        book.getSource(),
        book.getRowCount(),
        book.getEmployerRowCount(),
        "",
        Optional.empty(),
        needsConfirmation,
        book.hasEmployerDiscount()
            ? Optional.of(new BigDecimal(book.getEmployerDiscount().getValue()))
            : Optional.empty(),
        book.hasActivateTime()
            ? Optional.of(TimestampMapper.fromProto(book.getActivateTime()))
            : Optional.empty(),
        TimestampMapper.fromProto(book.getCreateTime()));
  }
}
