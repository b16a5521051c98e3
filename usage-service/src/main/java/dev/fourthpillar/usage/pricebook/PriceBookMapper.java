package dev.fourthpillar.usage.pricebook;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.events.v1.PriceBookActivated;
import dev.fourthpillar.events.v1.PriceBookRows;
import dev.fourthpillar.pricing.book.BookDiff;
import dev.fourthpillar.pricing.book.BookHeader;
import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceBookJson;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.litellm.LiteLlmImport;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.ActivatePriceBookResponse;
import dev.fourthpillar.usage.v1.ComparePriceBooksRequest;
import dev.fourthpillar.usage.v1.ComparePriceBooksResponse;
import dev.fourthpillar.usage.v1.FieldCount;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.GetPriceResponse;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookResponse;
import dev.fourthpillar.usage.v1.ListPriceBooksRequest;
import dev.fourthpillar.usage.v1.ListPriceBooksResponse;
import dev.fourthpillar.usage.v1.LiteLlmAccount;
import dev.fourthpillar.usage.v1.LiteLlmFile;
import dev.fourthpillar.usage.v1.MeterPrice;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.RejectedModel;
import dev.fourthpillar.usage.v1.RowChange;
import dev.fourthpillar.usage.v1.RowChangeKind;
import dev.fourthpillar.usage.v1.SetNegotiatedRateRequest;
import dev.fourthpillar.usage.v1.SetNegotiatedRateResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Price books between the contract and the domain. */
final class PriceBookMapper {
  /** An event holds 256 KiB; one side's rows get less than half of it. */
  private static final int MAX_CHUNK_BYTES = 100 * 1024;

  private static final int MAX_CHUNK_ROWS = 200;

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
    return response.addAllPrices(prices(row)).build();
  }

  private static List<MeterPrice> prices(PriceRow row) {
    List<MeterPrice> prices = new ArrayList<>();
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
                                        prices.add(
                                            MeterPrice.newBuilder()
                                                .setMeter(meter.code())
                                                .setServiceTier(
                                                    tier.name().toLowerCase(Locale.ROOT))
                                                .setPromptThreshold(threshold)
                                                .setPricePerMillion(DecimalMapper.toProto(price))
                                                .build()))));
    return prices;
  }

  /** Every problem of the file is one of the request. */
  static Offer offer(ImportPriceBookRequest request) {
    if (request.getListBookJson().isEmpty() != request.hasLitellm()) {
      throw Failure.invalidField(
              "list_book_json", "must be set or litellm must be, and not both", "one_form")
          .asException();
    }
    if (request.getKeepEmployerRates() && !request.getEmployerBookJson().isEmpty()) {
      throw Failure.invalidField(
              "keep_employer_rates", "set beside employer_book_json (expected: one of them)", "one")
          .asException();
    }
    Optional<PriceBook> employer =
        request.getEmployerBookJson().isEmpty()
            ? Optional.empty()
            : Optional.of(
                Books.read(request.getEmployerBookJson().toByteArray(), "employer_book_json"));
    if (!request.hasLitellm()) {
      return new Offer(
          Books.read(request.getListBookJson().toByteArray(), "list_book_json"),
          employer,
          request.getKeepEmployerRates(),
          Optional.empty());
    }
    LiteLlmFile file = request.getLitellm();
    LiteLlmImport.Imported imported = Books.liteLlm(header(file), file.getJson().toByteArray());
    return new Offer(
        imported.book(),
        employer,
        request.getKeepEmployerRates(),
        Optional.of(FileAccount.of(imported.report())));
  }

  private static BookHeader header(LiteLlmFile file) {
    try {
      return new BookHeader(
          file.getBookId(),
          file.getVersion(),
          Currency.getInstance("USD"),
          TimestampMapper.fromProto(file.getEffectiveTime()),
          file.getSource());
    } catch (IllegalArgumentException e) {
      throw Failure.invalidField("litellm", String.valueOf(e.getMessage()), "book_header")
          .asException();
    }
  }

  static Optional<String> before(ComparePriceBooksRequest request) {
    return Optional.of(request.getBeforeBookId()).filter(id -> !id.isEmpty());
  }

  /** Books never change, so that a page is known by its place. */
  static ComparePriceBooksResponse toProto(
      PriceBookService.Compared compared, ComparePriceBooksRequest request) {
    PageTokens tokens =
        PageTokens.of(
            PriceBookServiceGrpc.getComparePriceBooksMethod().getFullMethodName(),
            request.getBookId(),
            request.getBeforeBookId());
    PageRequest page = tokens.read(request.getPageSize(), request.getPageToken());
    SortedMap<ModelKey, RowChangeKind> changes = new TreeMap<>();
    BookDiff diff = compared.diff();
    diff.added().forEach(key -> changes.put(key, RowChangeKind.ROW_CHANGE_KIND_ADDED));
    diff.dropped().forEach(key -> changes.put(key, RowChangeKind.ROW_CHANGE_KIND_DROPPED));
    diff.changed().keySet().forEach(key -> changes.put(key, RowChangeKind.ROW_CHANGE_KIND_CHANGED));
    int from = page.after().map(Integer::parseInt).orElse(0);
    List<RowChange> rest =
        changes.entrySet().stream()
            .skip(from)
            .limit(page.size() + 1L)
            .map(entry -> change(entry.getValue(), entry.getKey(), compared))
            .toList();
    Page<RowChange> shown = Page.of(rest, page, _ -> Integer.toString(from + page.size()));
    return ComparePriceBooksResponse.newBuilder()
        .addAllChanges(shown.items())
        .setNextPageToken(tokens.next(shown))
        .build();
  }

  private static RowChange change(
      RowChangeKind kind, ModelKey key, PriceBookService.Compared compared) {
    return RowChange.newBuilder()
        .setKind(kind)
        .setProvider(key.provider())
        .setModel(key.model())
        .addAllBefore(prices(compared.before(), key))
        .addAllAfter(prices(compared.after(), key))
        .build();
  }

  private static List<MeterPrice> prices(PriceBook book, ModelKey key) {
    PriceRow row = book.rows().get(key);
    return row == null ? List.of() : prices(row);
  }

  static NegotiatedRate rate(SetNegotiatedRateRequest request) {
    ModelKey key;
    try {
      key = new ModelKey(request.getProvider(), request.getModel());
    } catch (IllegalArgumentException e) {
      throw Failure.invalidField("model", String.valueOf(e.getMessage()), "model_key")
          .asException();
    }
    List<Violation> violations = new ArrayList<>();
    PriceRow.Builder row = PriceRow.builder(key, request.getSource());
    for (int i = 0; i < request.getPricesCount(); i++) {
      MeterPrice price = request.getPrices(i);
      String field = "prices[" + i + "]";
      try {
        row.price(
            ServiceTier.valueOf(
                price.getServiceTier().isEmpty()
                    ? ServiceTier.STANDARD.name()
                    : price.getServiceTier().toUpperCase(Locale.ROOT)),
            price.getPromptThreshold(),
            Meter.parse(price.getMeter()),
            DecimalMapper.fromProto(price.getPricePerMillion(), field + ".price_per_million"));
      } catch (IllegalArgumentException e) {
        violations.add(new Violation(field, String.valueOf(e.getMessage()), "meter_price"));
      }
    }
    Optional<PriceRow> built = Optional.empty();
    try {
      built = request.getPricesCount() == 0 ? Optional.empty() : Optional.of(row.build());
    } catch (IllegalArgumentException e) {
      violations.add(new Violation("prices", String.valueOf(e.getMessage()), "price_row"));
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return new NegotiatedRate(key, built, TimestampMapper.fromProto(request.getEffectiveTime()));
  }

  static SetNegotiatedRateResponse toNegotiated(StoredBook book) {
    return SetNegotiatedRateResponse.newBuilder().setBook(toProto(book)).build();
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
    return request.hasEmployerDiscount()
        ? Optional.of(DiscountMapper.fromProto(request.getEmployerDiscount()))
        : Optional.empty();
  }

  static ActivatePriceBookResponse toActivated(StoredBook book) {
    return ActivatePriceBookResponse.newBuilder().setBook(toProto(book)).build();
  }

  static ImportPriceBookResponse toProto(PriceBookService.Imported imported) {
    ImportPriceBookResponse.Builder response =
        ImportPriceBookResponse.newBuilder()
            .setBook(toProto(imported.book()))
            .setAddedCount(imported.added())
            .setDroppedCount(imported.dropped())
            .setChangedCount(imported.changed())
            .setConfirmationRequired(imported.book().needsConfirmation())
            .setComparedWith(imported.comparedWith().orElse(""));
    imported.account().ifPresent(account -> response.setLitellm(toProto(account)));
    return response.build();
  }

  private static LiteLlmAccount toProto(FileAccount account) {
    LiteLlmAccount.Builder message =
        LiteLlmAccount.newBuilder()
            .setImportedCount(account.imported())
            .setFreeCount(account.free())
            .setWithoutPriceCount(account.withoutPrice())
            .setRejectedCount(account.rejected())
            .setNotModelCount(account.notModels())
            .setRoundedCount(account.rounded());
    account
        .rejectedModels()
        .forEach(
            (name, reason) ->
                message.addRejectedModels(
                    RejectedModel.newBuilder().setName(name).setReason(reason)));
    return message
        .addAllNotSupported(counts(account.notSupported()))
        .addAllZeroPrices(counts(account.zeroPrices()))
        .build();
  }

  private static List<FieldCount> counts(SortedMap<String, Integer> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                FieldCount.newBuilder().setField(field.getKey()).setCount(field.getValue()).build())
        .toList();
  }

  private static FileAccount fromProto(LiteLlmAccount message) {
    SortedMap<String, String> rejected = new TreeMap<>();
    message
        .getRejectedModelsList()
        .forEach(model -> rejected.put(model.getName(), model.getReason()));
    return new FileAccount(
        message.getImportedCount(),
        message.getFreeCount(),
        message.getWithoutPriceCount(),
        message.getRejectedCount(),
        message.getNotModelCount(),
        rejected,
        counts(message.getNotSupportedList()),
        counts(message.getZeroPricesList()),
        message.getRoundedCount());
  }

  private static SortedMap<String, Integer> counts(List<FieldCount> fields) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    fields.forEach(field -> counts.put(field.getField(), field.getCount()));
    return counts;
  }

  private static PriceBookService.Imported fromProto(ImportPriceBookResponse response) {
    return new PriceBookService.Imported(
        fromProto(response.getBook(), response.getConfirmationRequired()),
        response.getAddedCount(),
        response.getDroppedCount(),
        response.getChangedCount(),
        Optional.of(response.getComparedWith()).filter(id -> !id.isEmpty()),
        response.hasLitellm() ? Optional.of(fromProto(response.getLitellm())) : Optional.empty());
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
