package dev.fourthpillar.pricing.naming;

import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rows of a book by the names they can be asked for. Built once per book, then read only. */
final class ModelIndex {

  /** Reported without a provider: any provider's row with that full id. */
  static final String ANY = "*";

  // Snapshot dates as vendors write them: -20250929, @20250929, -2026-03-05; and -latest.
  private static final Pattern SNAPSHOT =
      Pattern.compile("(?:[-@]20\\d{6}|-20\\d{2}-\\d{2}-\\d{2}|-latest)$");

  private record Name(String provider, String id) {}

  private final Map<Name, List<PriceRow>> byId = new HashMap<>();
  private final Map<Name, List<PriceRow>> byShortId = new HashMap<>();
  private final Map<Name, List<PriceRow>> byUndatedId = new HashMap<>();
  private final TreeSet<String> providers = new TreeSet<>();

  ModelIndex(PriceBook book) {
    for (PriceRow row : book.rows().values()) {
      String provider = row.key().provider();
      String id = row.key().model();
      String shortId = withoutProvider(provider, id);
      providers.add(provider);
      put(byId, provider, id, row);
      put(byId, ANY, id, row);
      if (!shortId.equals(id)) {
        put(byShortId, provider, shortId, row);
      }
      undated(shortId).ifPresent(undated -> put(byUndatedId, provider, undated, row));
      undated(id).ifPresent(undated -> put(byUndatedId, ANY, undated, row));
    }
  }

  private static void put(
      Map<Name, List<PriceRow>> index, String provider, String id, PriceRow row) {
    index.computeIfAbsent(new Name(provider, id), _ -> new ArrayList<>(1)).add(row);
  }

  /** vertex_ai/x of vertex_ai-anthropic_models and amazon-nova/x of amazon_nova are both x. */
  private static String withoutProvider(String provider, String id) {
    int slash = id.indexOf('/');
    if (slash < 0) {
      return id;
    }
    String prefix = id.substring(0, slash);
    boolean own =
        provider.equals(prefix)
            || provider.startsWith(prefix + "-")
            || provider.equals(prefix.replace('-', '_'));
    return own ? id.substring(slash + 1) : id;
  }

  static Optional<String> undated(String id) {
    String undated = SNAPSHOT.matcher(id).replaceFirst("");
    return undated.equals(id) || undated.isEmpty() ? Optional.empty() : Optional.of(undated);
  }

  List<String> expand(Collection<String> candidates) {
    return candidates.stream().flatMap(this::expand).distinct().toList();
  }

  private Stream<String> expand(String candidate) {
    if (!candidate.endsWith("*")) {
      return Stream.of(candidate);
    }
    String stem = candidate.substring(0, candidate.length() - 1);
    return providers.stream().filter(p -> p.equals(stem) || p.startsWith(stem + "-"));
  }

  boolean knows(List<String> candidates) {
    return expand(candidates).stream().anyMatch(providers::contains);
  }

  List<PriceRow> byId(List<String> scope, String id) {
    return find(byId, scope, id);
  }

  List<PriceRow> byShortId(List<String> scope, String id) {
    return find(byShortId, scope, id);
  }

  List<PriceRow> byUndatedId(List<String> scope, String id) {
    return find(byUndatedId, scope, id);
  }

  private static List<PriceRow> find(
      Map<Name, List<PriceRow>> index, List<String> scope, String id) {
    List<PriceRow> found = new ArrayList<>();
    scope.forEach(provider -> found.addAll(index.getOrDefault(new Name(provider, id), List.of())));
    return found;
  }
}
