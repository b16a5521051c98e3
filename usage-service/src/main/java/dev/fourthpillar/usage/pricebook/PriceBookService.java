package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.config.LiveConfiguration;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.pricing.book.BookDiff;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.SeedPriceBook;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.naming.ModelResolver;
import dev.fourthpillar.pricing.naming.Resolution;
import dev.fourthpillar.usage.due.DueRepository;
import dev.fourthpillar.usage.pricebook.PriceBookRepository.Activation;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Price books: brought in, activated, and read by each replica once. */
@Singleton
public final class PriceBookService {
  private final Transactions transactions;
  private final Outcomes outcomes;
  private final PriceBookRepository books;
  private final DueRepository due;
  private final FeedWriter feed;
  private final Supplier<PriceConfig> config;
  private final InstantSource clock;
  private volatile Loaded loaded = new Loaded(List.of(), Map.of(), new PriceTimes(List.of()));

  PriceBookService(
      Transactions transactions,
      Outcomes outcomes,
      PriceBookRepository books,
      DueRepository due,
      FeedWriter feed,
      LiveConfiguration configuration,
      InstantSource clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.books = books;
    this.due = due;
    this.feed = feed;
    this.config = configuration.of(PriceConfig.class);
    this.clock = clock;
  }

  /** What was read, by which activations. */
  private record Loaded(
      List<Activation> activations, Map<Activation, BookPrices> prices, PriceTimes times) {}

  /** What an import found. */
  record Imported(
      StoredBook book,
      int added,
      int dropped,
      int changed,
      Optional<String> comparedWith,
      Optional<FileAccount> account) {}

  /** Two books, and what is different. */
  record Compared(PriceBook before, PriceBook after, BookDiff diff) {}

  /** The price of a model at a time. */
  record Found(BookPrices book, Resolution.Resolved resolution) {}

  /** The currency of all prices; empty before the first book. */
  public Optional<String> currency(Handle handle) {
    return books.currency(handle);
  }

  /** The prices as the database has them now; reads the books that are new to this replica. */
  public PriceTimes times(Handle handle) {
    List<Activation> activations = books.activations(handle);
    Loaded known = loaded;
    if (activations.equals(known.activations())) {
      return known.times();
    }
    Map<Activation, BookPrices> prices = new HashMap<>();
    List<BookPrices> inOrder = new ArrayList<>();
    for (Activation activation : activations) {
      BookPrices each = known.prices().get(activation);
      if (each == null) {
        each = Books.prices(books.find(handle, activation.bookId()).orElseThrow(), inOrder);
      }
      prices.put(activation, each);
      inOrder.add(each);
    }
    PriceTimes times = new PriceTimes(inOrder);
    loaded = new Loaded(activations, prices, times);
    return times;
  }

  /** Activates the book that the build brings, unless a book is active already. */
  void seed() {
    transactions.run(
        handle -> {
          due.change(handle);
          if (books.activations(handle).isEmpty()) {
            StoredBook seed =
                Books.stored(SeedPriceBook.load(), Optional.empty(), false, clock.instant());
            books.insert(handle, seed);
            activate(handle, seed, config.get().employerDiscount());
          }
          return handle;
        });
  }

  Imported importBook(MutatingRequest request, Offer offer) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle,
                    request,
                    PriceBookMapper.IMPORTED_CODEC,
                    () -> importBook(handle, offer)))
        .orThrow();
  }

  private Decision<Imported> importBook(Handle handle, Offer offer) {
    PriceBook list = offer.list();
    String currency = list.header().currency().getCurrencyCode();
    String expected = books.currency(handle).orElse(currency);
    if (!currency.equals(expected)) {
      return Decision.refused(currencyMismatch("list_book_json", currency, expected));
    }
    Optional<PriceBook> employer = offer.employer();
    if (employer.isPresent()) {
      String own = employer.get().header().currency().getCurrencyCode();
      if (!own.equals(currency)) {
        return Decision.refused(currencyMismatch("employer_book_json", own, currency));
      }
    }
    Optional<BookPrices> before = times(handle).at(list.header().effectiveFrom());
    if (offer.keepRates()) {
      employer =
          before
              .flatMap(book -> books.find(handle, book.bookId()))
              .flatMap(StoredBook::employerJson)
              .map(Books::parse);
    }
    Optional<BookDiff> diff = before.map(book -> BookDiff.between(book.list(), list));
    boolean confirm =
        diff.map(
                d ->
                    d.mustBeConfirmed(
                        new BookDiff.HoldLimits(
                            config.get().maxDroppedShare(), config.get().maxChangedShare())))
            .orElse(false);
    StoredBook book = Books.stored(list, employer, confirm, clock.instant());
    if (!books.insert(handle, book)) {
      StoredBook there = books.find(handle, book.bookId()).orElseThrow();
      if (!there.listJson().equals(book.listJson())
          || !there.employerJson().equals(book.employerJson())) {
        return Decision.refused(
            Failure.of(
                    Reason.ID_REUSED,
                    "book '%s' is there with other content (expected: a new version)"
                        .formatted(book.bookId()))
                .with("id", book.bookId())
                .with("different_fields", "list_book_json"));
      }
    }
    return Decision.accepted(
        new Imported(
            book,
            diff.map(d -> d.added().size()).orElse(list.rows().size()),
            diff.map(d -> d.dropped().size()).orElse(0),
            diff.map(d -> d.changed().size()).orElse(0),
            before.map(BookPrices::bookId),
            offer.account()));
  }

  StoredBook activate(
      MutatingRequest request, String bookId, Optional<BigDecimal> discount, boolean confirmed) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle,
                    request,
                    PriceBookMapper.BOOK_CODEC,
                    () -> activate(handle, bookId, discount, confirmed)))
        .orThrow();
  }

  private Decision<StoredBook> activate(
      Handle handle, String bookId, Optional<BigDecimal> discount, boolean confirmed) {
    due.change(handle);
    Optional<StoredBook> book = books.find(handle, bookId);
    if (book.isEmpty()) {
      return Decision.refused(missing(bookId));
    }
    if (book.get().needsConfirmation() && !confirmed) {
      return Decision.refused(
          Failure.of(
                  Reason.NOT_RECORDED,
                  "book '%s' drops or changes many rows (expected: confirm)".formatted(bookId))
              .with("missing", "confirmation")
              .with("field", "confirm"));
    }
    BigDecimal wanted = discount.orElse(config.get().employerDiscount());
    Optional<BigDecimal> active = book.get().employerDiscount();
    if (active.isEmpty()) {
      return Decision.accepted(activate(handle, book.get(), wanted));
    }
    // Others know a book by its id, and have read it: another discount is another book.
    return active.get().compareTo(wanted) == 0
        ? Decision.accepted(book.get())
        : Decision.refused(
            Failure.of(
                    Reason.ID_REUSED,
                    "book '%s' is active with discount %s (expected: a new version)"
                        .formatted(bookId, active.get().stripTrailingZeros().toPlainString()))
                .with("id", bookId)
                .with("different_fields", "employer_discount"));
  }

  private StoredBook activate(Handle handle, StoredBook book, BigDecimal discount) {
    Instant now = clock.instant();
    StoredBook activated = book.activated(discount, now);
    books.activate(handle, activated);
    feed.append(handle, PriceBookMapper.events(activated));
    due.addUnpriced(handle, now);
    return activated;
  }

  StoredBook negotiate(MutatingRequest request, NegotiatedRate rate) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle, request, PriceBookMapper.BOOK_CODEC, () -> negotiate(handle, rate)))
        .orThrow();
  }

  private Decision<StoredBook> negotiate(Handle handle, NegotiatedRate rate) {
    due.change(handle);
    Optional<BookPrices> holds = times(handle).at(rate.since());
    if (holds.isEmpty()) {
      return Decision.refused(
          Failure.of(Reason.NOT_RECORDED, "no price book holds at " + rate.since())
              .with("missing", "price book")
              .with("field", "effective_time"));
    }
    PriceBook list = holds.get().list();
    if (!list.rows().containsKey(rate.model())) {
      return Decision.refused(
          Failure.invalidField(
              "model",
              "'%s' of provider '%s' is not in book '%s' (expected: as the book names it)"
                  .formatted(rate.model().model(), rate.model().provider(), holds.get().bookId()),
              "model_in_book"));
    }
    StoredBook base = books.find(handle, holds.get().bookId()).orElseThrow();
    int version = books.version(handle, list.header().id()) + 1;
    StoredBook book = Books.negotiated(base, version, rate, clock.instant());
    books.insert(handle, book);
    return Decision.accepted(
        activate(handle, book, base.employerDiscount().orElse(config.get().employerDiscount())));
  }

  /**
   * A book as though it were activated.
   *
   * @param discount absent for the book's own, else the configured one
   */
  public BookPrices asThoughActive(Handle handle, String bookId, Optional<BigDecimal> discount) {
    StoredBook book = existing(handle, bookId);
    BigDecimal own = book.employerDiscount().orElse(config.get().employerDiscount());
    return Books.prices(book.activated(discount.orElse(own), clock.instant()), List.of());
  }

  private StoredBook existing(Handle handle, String bookId) {
    return books.find(handle, bookId).orElseThrow(() -> missing(bookId).asException());
  }

  private static Failure missing(String bookId) {
    return Failure.notFound(
        "price_book", bookId, "price book '%s' does not exist".formatted(bookId));
  }

  /**
   * What changes with a book.
   *
   * @param before absent for the one that would hold without it; where there is none, all is added
   */
  Compared compare(String bookId, Optional<String> before) {
    return transactions.run(
        handle -> {
          PriceBook after = Books.parse(existing(handle, bookId).listJson());
          Optional<PriceBook> old =
              before.isPresent()
                  ? Optional.of(Books.parse(existing(handle, before.get()).listJson()))
                  : times(handle)
                      .without(bookId)
                      .at(after.header().effectiveFrom())
                      .map(BookPrices::list);
          PriceBook compared = old.orElseGet(() -> PriceBook.of(after.header(), List.of()));
          return new Compared(compared, after, BookDiff.between(compared, after));
        });
  }

  Found price(ModelName model, Optional<Instant> at) {
    Optional<BookPrices> book =
        transactions.run(handle -> times(handle).at(at.orElse(clock.instant())));
    Optional<Resolution.Resolved> resolved =
        book.map(prices -> new ModelResolver(prices.list()).resolve(model))
            .filter(Resolution.Resolved.class::isInstance)
            .map(Resolution.Resolved.class::cast);
    if (resolved.isEmpty() || resolved.get().row().rates().isEmpty()) {
      throw Failure.of(
              Reason.MODEL_UNPRICED,
              "no price for model '%s' of provider '%s'"
                  .formatted(model.model(), model.provider().orElse("")))
          .with("provider", model.provider().orElse(""))
          .with("model", model.model())
          .asException();
    }
    return new Found(book.orElseThrow(), resolved.get());
  }

  Page<StoredBook> list(PageRequest page) {
    return transactions.run(handle -> books.list(handle, page));
  }

  static Failure currencyMismatch(String field, String actual, String expected) {
    return Failure.of(
            Reason.CURRENCY_MISMATCH,
            "%s: %s (expected: %s, the currency of all books)".formatted(field, actual, expected))
        .with("field", field)
        .with("expected", expected)
        .with("actual", actual);
  }
}
