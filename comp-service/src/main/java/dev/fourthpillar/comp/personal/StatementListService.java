package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.access.AccessLog;
import dev.fourthpillar.comp.access.AccessLog.What;
import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.fxrate.FxRateRepository;
import dev.fourthpillar.comp.metered.MeteredListRepository;
import dev.fourthpillar.comp.packages.PackageRepository;
import dev.fourthpillar.comp.payroll.PayrollChargeRepository;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.people.EngineerRepository;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Statements of all who are employed on a day, a page at a time: what a page needs is read in a
 * fixed number of round trips, and nothing is kept from one page to the next.
 */
@Singleton
public final class StatementListService {
  private final Transactions transactions;
  private final EngineerRepository engineers;
  private final PackageRepository packages;
  private final FxRateRepository rates;
  private final MeteredListRepository metered;
  private final PayrollChargeRepository charges;
  private final AccessLog accessLog;
  private final StatementConfig config;

  StatementListService(
      Transactions transactions,
      EngineerRepository engineers,
      PackageRepository packages,
      FxRateRepository rates,
      MeteredListRepository metered,
      PayrollChargeRepository charges,
      AccessLog accessLog,
      StatementConfig config) {
    this.transactions = transactions;
    this.engineers = engineers;
    this.packages = packages;
    this.rates = rates;
    this.metered = metered;
    this.charges = charges;
    this.accessLog = accessLog;
    this.config = config;
  }

  /**
   * One page, by engineer. Whose statement cannot be computed is on it with the reason.
   *
   * @param form what is kept of each. It is made where the statement is, on any thread: 500
   *     statements with all their lines would be copied by each garbage collection.
   */
  public <T> Page<T> list(
      Caller caller, ListQuery query, PageRequest page, Function<ListedStatement, T> form) {
    return transactions.run(
        handle -> {
          handle.execute("set transaction isolation level repeatable read");
          var employed = engineers.employedOn(handle, query.asOf(), page);
          var shown = new ConcurrentSkipListSet<String>();
          var listed =
              statements(
                  handle,
                  query,
                  employed.items(),
                  statement -> {
                    // Who is refused shows nothing.
                    if (statement instanceof ListedStatement.Computed) {
                      shown.add(statement.engineer());
                    }
                    return form.apply(statement);
                  });
          accessLog.record(handle, caller, shown, What.STATEMENT, engineers.now(handle));
          return new Page<>(listed, employed.lastKey());
        });
  }

  private <T> List<T> statements(
      Handle handle, ListQuery query, List<Engineer> employed, Function<ListedStatement, T> form) {
    var refused = new HashMap<String, ListedStatement>();
    var sources = sources(handle, query, bases(handle, query, employed, refused));
    // All that is left is arithmetic: every core may have a share of it.
    return employed.parallelStream()
        .map(Engineer::id)
        .map(id -> refused.containsKey(id) ? refused.get(id) : computed(sources.get(id)))
        .map(form)
        .toList();
  }

  /** What each statement stands on; who has nothing to stand on is refused. */
  private List<Basis> bases(
      Handle handle,
      ListQuery query,
      List<Engineer> employed,
      Map<String, ListedStatement> refused) {
    var ids = employed.stream().map(Engineer::id).toList();
    var records = packages.inEffect(handle, ids, query.asOf(), query.knownAt());
    var bases = new ArrayList<Basis>();
    for (Engineer engineer : employed) {
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

  /** By engineer, each kind of them read once for all. */
  private Map<String, Sources> sources(Handle handle, ListQuery query, List<Basis> bases) {
    var ids = bases.stream().map(basis -> basis.engineer().id()).toList();
    var sums = metered.sums(handle, bases.stream().map(Basis::stretch).toList());
    var balances = metered.balances(handle, ids);
    var positions = metered.positions(handle, ids);
    var tables = new HashMap<Currency, FxTable>();
    var byCountry = new HashMap<String, List<PayrollCharge>>();
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

  private ListedStatement computed(Sources sources) {
    try {
      return answered(() -> sources.listed(config.thresholds()));
    } catch (FailureException e) {
      return new ListedStatement.Refused(sources.engineer().id(), e.failure());
    }
  }
}
