package dev.fourthpillar.pricing.naming;

import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.naming.Resolution.Ambiguous;
import dev.fourthpillar.pricing.naming.Resolution.Resolved;
import dev.fourthpillar.pricing.naming.Resolution.Unknown;
import java.util.List;
import java.util.Optional;

/**
 * Finds the row of a reported model: exact id, then provider/id, then dated alias, then the
 * documented family rules. A reported provider is never overridden: a model that only another
 * provider sells is unknown. Immutable; build one per book and keep it.
 */
public final class ModelResolver {

  private static final String PROVIDER_IN_NAME = "provider-in-name";

  private final ModelIndex index;
  private final ProviderNames providerNames;
  private final List<FamilyRule> familyRules;

  public ModelResolver(PriceBook book, ProviderNames providerNames, List<FamilyRule> familyRules) {
    this.index = new ModelIndex(book);
    this.providerNames = providerNames;
    this.familyRules = List.copyOf(familyRules);
  }

  public ModelResolver(PriceBook book) {
    this(book, ProviderNames.conventions(), FamilyRule.BUILT_IN);
  }

  public Resolution resolve(ModelName asked) {
    List<String> scope =
        asked
            .provider()
            .map(provider -> index.expand(providerNames.candidates(provider)))
            .orElse(List.of(ModelIndex.ANY));
    Resolution direct = direct(asked, scope, asked.model());
    if (!(direct instanceof Unknown)) {
      return direct;
    }
    for (FamilyRule rule : familyRules) {
      Optional<String> rewritten = rule.rewrite(asked.model());
      if (rewritten.isPresent()) {
        Resolution found = byRule(direct(asked, scope, rewritten.get()), rule.name());
        if (!(found instanceof Unknown)) {
          return found;
        }
      }
    }
    return providerInName(asked, scope);
  }

  /**
   * Gateways and agents report {@code anthropic/claude-sonnet-4-5}. The prefix is taken off only if
   * it names the reported provider, or none was reported: {@code eu/gpt-4o} at Azure has its own
   * price.
   */
  private Resolution providerInName(ModelName asked, List<String> scope) {
    int slash = asked.model().indexOf('/');
    if (slash > 0) {
      List<String> named =
          index.expand(providerNames.candidates(asked.model().substring(0, slash)));
      if (index.knows(named) && (asked.provider().isEmpty() || scope.equals(named))) {
        return byRule(direct(asked, named, asked.model().substring(slash + 1)), PROVIDER_IN_NAME);
      }
    }
    return new Unknown(asked);
  }

  private Resolution direct(ModelName asked, List<String> scope, String id) {
    Resolution exact = choose(asked, index.byId(scope, id), ResolutionMethod.EXACT_ID);
    if (!(exact instanceof Unknown)) {
      return exact;
    }
    Resolution prefixed = choose(asked, index.byShortId(scope, id), ResolutionMethod.PROVIDER_ID);
    if (!(prefixed instanceof Unknown)) {
      return prefixed;
    }
    return datedAlias(asked, scope, id);
  }

  /** A snapshot takes its alias' row; an alias takes its snapshots' if they all cost the same. */
  private Resolution datedAlias(ModelName asked, List<String> scope, String id) {
    Optional<String> undated = ModelIndex.undated(id);
    if (undated.isPresent()) {
      for (List<PriceRow> rows :
          List.of(index.byId(scope, undated.get()), index.byShortId(scope, undated.get()))) {
        if (!rows.isEmpty()) {
          return choose(asked, rows, ResolutionMethod.DATED_ALIAS);
        }
      }
      if (!id.endsWith("-latest")) {
        // Another snapshot is another model and may cost something else.
        return new Unknown(asked);
      }
    }
    return choose(
        asked, index.byUndatedId(scope, undated.orElse(id)), ResolutionMethod.DATED_ALIAS);
  }

  private static Resolution choose(ModelName asked, List<PriceRow> rows, ResolutionMethod method) {
    if (rows.isEmpty()) {
      return new Unknown(asked);
    }
    PriceRow last = rows.getLast();
    if (rows.stream().allMatch(last::samePricesAs)) {
      return new Resolved(asked, last, method, Optional.empty());
    }
    return new Ambiguous(asked, rows.stream().map(PriceRow::key).sorted().toList());
  }

  private static Resolution byRule(Resolution found, String rule) {
    return switch (found) {
      case Resolved resolved ->
          new Resolved(
              resolved.asked(), resolved.row(), ResolutionMethod.FAMILY_RULE, Optional.of(rule));
      case Ambiguous ambiguous -> ambiguous;
      case Unknown unknown -> unknown;
    };
  }
}
