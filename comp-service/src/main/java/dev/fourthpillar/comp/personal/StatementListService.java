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
import dev.fourthpillar.comp.metered.MeteredListRepository.Stretch;
import dev.fourthpillar.comp.packages.PackageRecord;
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
import java.util.function.Supplier;
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
    var ids = employed.stream().map(Engineer::id).toList();
    var records = packages.inEffect(handle, ids, query.asOf(), query.knownAt());
    var years = new HashMap<String, ContractYear>();
    var refused = new HashMap<String, ListedStatement>();
    var stretches = new ArrayList<Stretch>();
    for (Engineer engineer : employed) {
      try {
        var year = year(engineer, records, query);
        var zone = engineer.profile().timeZone();
        years.put(engineer.id(), year);
        stretches.add(new Stretch(engineer.id(), year.from(zone), year.until(query.asOf(), zone)));
      } catch (FailureException e) {
        refused.put(engineer.id(), new ListedStatement.Refused(engineer.id(), e.failure()));
      }
    }
    var sums = metered.sums(handle, stretches);
    var balances = metered.balances(handle, ids);
    var positions = metered.positions(handle, ids);
    var tables = new HashMap<Currency, FxTable>();
    var byCountry = new HashMap<String, List<PayrollCharge>>();
    var toCompute = new ArrayList<Supplier<ListedStatement>>();
    for (Engineer engineer : employed) {
      var id = engineer.id();
      if (refused.containsKey(id)) {
        toCompute.add(() -> refused.get(id));
        continue;
      }
      var currency = query.currency().orElse(engineer.profile().currency());
      var sources =
          new Sources(
              new StatementQuery(id, Optional.of(query.asOf()), query.knownAt(), query.currency()),
              engineer,
              records.get(id),
              query.asOf(),
              years.get(id),
              currency,
              tables.computeIfAbsent(currency, c -> rates.table(handle, query.asOf(), c)),
              sums.getOrDefault(id, List.of()),
              balances.getOrDefault(id, List.of()),
              Optional.ofNullable(positions.get(id)),
              byCountry.computeIfAbsent(
                  engineer.profile().country(),
                  c -> charges.inEffect(handle, c, query.asOf(), query.knownAt())));
      toCompute.add(() -> computed(sources));
    }
    // All that is left is arithmetic: every core may have a share of it.
    return toCompute.parallelStream().map(statement -> form.apply(statement.get())).toList();
  }

  private static ContractYear year(
      Engineer engineer, Map<String, PackageRecord> records, ListQuery query) {
    var record = records.get(engineer.id());
    if (record == null) {
      throw StatementService.notRecorded(engineer.id(), query.asOf(), StatementService.AS_OF_DATE);
    }
    return answered(() -> ContractYear.of(record.pack().years(), query.asOf()));
  }

  private ListedStatement computed(Sources sources) {
    try {
      return answered(() -> sources.listed(config.thresholds()));
    } catch (FailureException e) {
      return new ListedStatement.Refused(sources.engineer().id(), e.failure());
    }
  }
}
