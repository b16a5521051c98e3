package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.fxrate.FxRateRepository;
import dev.fourthpillar.comp.metered.MeteredListRepository;
import dev.fourthpillar.comp.packages.PackageRepository;
import dev.fourthpillar.comp.payroll.PayrollChargeRepository;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.statement.Thresholds;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Reads what many statements are computed from, in a number of round trips that does not grow with
 * them.
 */
@Singleton
final class SourcesRepository {
  private final PackageRepository packages;
  private final FxRateRepository rates;
  private final MeteredListRepository metered;
  private final PayrollChargeRepository charges;

  SourcesRepository(
      PackageRepository packages,
      FxRateRepository rates,
      MeteredListRepository metered,
      PayrollChargeRepository charges) {
    this.packages = packages;
    this.rates = rates;
    this.metered = metered;
    this.charges = charges;
  }

  Reading begin(Handle handle, ListQuery query) {
    return new Reading(handle, query);
  }

  /** For one list: the rates of a currency and the charges of a country are read once. */
  final class Reading {
    private final Handle handle;
    private final ListQuery query;
    private final Map<Currency, FxTable> tables = new HashMap<>();
    private final Map<String, List<PayrollCharge>> byCountry = new HashMap<>();

    private Reading(Handle handle, ListQuery query) {
      this.handle = handle;
      this.query = query;
    }

    Read of(List<Engineer> engineers) {
      var refused = new HashMap<String, ListedStatement>();
      return new Read(engineers, sources(bases(engineers, refused)), refused);
    }

    /** What each statement stands on; who has nothing to stand on is refused. */
    private List<Basis> bases(List<Engineer> engineers, Map<String, ListedStatement> refused) {
      var ids = engineers.stream().map(Engineer::id).toList();
      var records = packages.inEffect(handle, ids, query.asOf(), query.knownAt());
      var bases = new ArrayList<Basis>();
      for (Engineer engineer : engineers) {
        var id = engineer.id();
        try {
          bases.add(
              Basis.of(
                  new StatementQuery(
                      id, Optional.of(query.asOf()), query.knownAt(), query.currency()),
                  engineer,
                  query.asOf(),
                  Optional.ofNullable(records.get(id)),
                  StatementService.AS_OF_DATE));
        } catch (FailureException e) {
          refused.put(id, new ListedStatement.Refused(id, e.failure()));
        }
      }
      return bases;
    }

    private Map<String, Sources> sources(List<Basis> bases) {
      var ids = bases.stream().map(basis -> basis.engineer().id()).toList();
      var sums = metered.sums(handle, bases.stream().map(Basis::stretch).toList());
      var balances = metered.balances(handle, ids);
      var positions = metered.positions(handle, ids);
      var sources = new HashMap<String, Sources>();
      for (Basis basis : bases) {
        var id = basis.engineer().id();
        sources.put(
            id,
            basis.with(
                tables.computeIfAbsent(basis.currency(), c -> rates.table(handle, query.asOf(), c)),
                sums.getOrDefault(id, List.of()),
                balances.getOrDefault(id, List.of()),
                Optional.ofNullable(positions.get(id)),
                byCountry.computeIfAbsent(
                    basis.country(),
                    c -> charges.inEffect(handle, c, query.asOf(), query.knownAt()))));
      }
      return sources;
    }
  }

  /** Each of the engineers is in one of the two maps. */
  record Read(
      List<Engineer> engineers,
      Map<String, Sources> sources,
      Map<String, ListedStatement> refused) {

    /** In the order of the engineers; nothing is read for it, and any thread may have a share. */
    <T> List<T> statements(Thresholds thresholds, Function<ListedStatement, T> form) {
      return engineers.parallelStream()
          .map(Engineer::id)
          .map(
              id ->
                  refused.containsKey(id) ? refused.get(id) : computed(sources.get(id), thresholds))
          .map(form)
          .toList();
    }

    private static ListedStatement computed(Sources sources, Thresholds thresholds) {
      try {
        return answered(() -> sources.listed(thresholds));
      } catch (FailureException e) {
        return new ListedStatement.Refused(sources.engineer().id(), e.failure());
      }
    }
  }
}
