package dev.fourthpillar.usage.report;

import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.naming.ModelResolver;
import dev.fourthpillar.pricing.naming.Resolution;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.identity.People;
import dev.fourthpillar.usage.identity.PersonRepository;
import dev.fourthpillar.usage.pricebook.BookPrices;
import dev.fourthpillar.usage.pricebook.PriceBookService;
import dev.fourthpillar.usage.pricebook.PriceTimes;
import dev.fourthpillar.usage.report.ReportRepository.Counted;
import dev.fourthpillar.usage.report.ReportRepository.Line;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/** Reports of providers and gateways: kept, and compared with what was counted. Never added. */
@Singleton
public final class ReportService {
  /** What a key of a provider may be mapped as. */
  private static final List<IdentityClaim.Kind> KINDS =
      List.of(
          IdentityClaim.Kind.EMAIL,
          IdentityClaim.Kind.CREDENTIAL,
          IdentityClaim.Kind.ACCOUNT_ID,
          IdentityClaim.Kind.USER_ID,
          IdentityClaim.Kind.INSTALLATION_ID);

  private final Transactions transactions;
  private final ReportRepository reports;
  private final PersonRepository people;
  private final PriceBookService prices;
  private final InstantSource clock;

  ReportService(
      Transactions transactions,
      ReportRepository reports,
      PersonRepository people,
      PriceBookService prices,
      InstantSource clock) {
    this.transactions = transactions;
    this.reports = reports;
    this.people = people;
    this.prices = prices;
    this.clock = clock;
  }

  Report importReport(ReportFormat format, String source, String author, byte[] file) {
    Report report = ReportReader.read(format, file);
    transactions.run(
        handle -> {
          reports.put(
              handle,
              new ReportRepository.Imported(format, source, author, clock.instant()),
              report);
          return report;
        });
    return report;
  }

  /** Which lines. */
  public record Asked(
      LocalDate from, LocalDate to, Optional<String> provider, boolean includeEqual) {}

  /** A page of what was read may have fewer lines than asked for, where the others agree. */
  public Page<Difference> differences(Asked asked, PageRequest page) {
    return transactions.run(
        handle -> {
          Page<Line> lines =
              Page.of(
                  reports.lines(
                      handle,
                      asked.from(),
                      asked.to(),
                      asked.provider(),
                      page.after(),
                      page.size() + 1),
                  page,
                  ReportRepository::place);
          List<Difference> compared = compare(handle, lines.items());
          return new Page<>(
              compared.stream().filter(line -> asked.includeEqual() || !line.equal()).toList(),
              lines.lastKey());
        });
  }

  private List<Difference> compare(Handle handle, List<Line> lines) {
    Set<IdentityClaim> claims = new HashSet<>();
    lines.forEach(line -> claims.addAll(claims(line.row().key().key())));
    People known = people.people(handle, claims, Set.of());
    PriceTimes times = prices.times(handle);
    Map<String, ModelResolver> resolvers = new HashMap<>();
    List<Difference> differences = new ArrayList<>();
    for (Line line : lines) {
      ReportRow.Key key = line.row().key();
      Instant day = key.day().atStartOfDay(ZoneOffset.UTC).toInstant();
      Optional<String> engineer =
          key.key().isEmpty() ? Optional.empty() : known.engineer(claims(key.key()), day);
      Named named =
          times
              .at(day)
              .map(book -> named(key, book, resolvers))
              .orElseGet(() -> new Named(key.provider(), key.model()));
      boolean nobodys = !key.key().isEmpty() && engineer.isEmpty();
      SortedMap<String, Counted> counted =
          nobodys
              ? new java.util.TreeMap<>()
              : reports.counted(handle, key, engineer, named.provider(), named.model());
      differences.add(
          new Difference(
              line.format(),
              line.row(),
              engineer,
              Difference.inMetersOf(line.row(), counted),
              line.row().cost().map(cost -> cost(cost, counted))));
    }
    return differences;
  }

  private record Named(String provider, String model) {}

  /** As the sums name it: by the price book. */
  private static Named named(
      ReportRow.Key key, BookPrices book, Map<String, ModelResolver> resolvers) {
    if (key.model().isBlank() || key.provider().isBlank()) {
      return new Named(key.provider(), key.model());
    }
    ModelResolver resolver =
        resolvers.computeIfAbsent(book.bookId(), _ -> new ModelResolver(book.list()));
    return resolver.resolve(ModelName.of(key.provider(), key.model()))
            instanceof Resolution.Resolved resolved
        ? new Named(resolved.key().provider(), resolved.key().model())
        : new Named(key.provider(), key.model());
  }

  private static ReportRow.Cost cost(ReportRow.Cost said, SortedMap<String, Counted> counted) {
    BigInteger nanos =
        counted.values().stream()
            .filter(count -> said.currency().equals(count.currency()))
            .map(Counted::employerNanos)
            .reduce(BigInteger.ZERO, BigInteger::add);
    return new ReportRow.Cost(said.currency(), nanos);
  }

  private static List<IdentityClaim> claims(String key) {
    return key.isBlank()
        ? List.of()
        : KINDS.stream().map(kind -> new IdentityClaim(kind, key)).toList();
  }
}
