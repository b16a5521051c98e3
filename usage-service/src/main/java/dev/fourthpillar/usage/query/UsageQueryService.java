package dev.fourthpillar.usage.query;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.pricebook.PriceBookService;
import dev.fourthpillar.usage.query.UsageQuery.Interval;
import dev.fourthpillar.usage.query.UsageQueryRepository.RecordKey;
import dev.fourthpillar.usage.settle.UnitValue;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What was used, for those who may know. */
@Singleton
final class UsageQueryService {
  /** Of a session. */
  static final int MAX_TREE_UNITS = 100_000;

  /** The smallest group that a manager is shown. */
  static final int SMALLEST_GROUP = 7;

  /** Sums that are looked at before a manager is shown parts of them. */
  private static final int MAX_SUMS = 1_000_000;

  private static final Set<Role> SEE_PERSONS =
      Set.of(Role.FINANCE, Role.AUDITOR, Role.OPERATOR, Role.SERVICE);

  private final Transactions transactions;
  private final UsageQueryRepository usage;
  private final PriceBookService prices;

  UsageQueryService(
      Transactions transactions, UsageQueryRepository usage, PriceBookService prices) {
    this.transactions = transactions;
    this.usage = usage;
    this.prices = prices;
  }

  /**
   * Groups, and what was kept back of them.
   *
   * @param next the key after which the next page begins; empty on the last
   */
  record Answer(
      List<UsageSums> groups,
      Optional<List<String>> next,
      int withheld,
      Optional<String> currency) {}

  Answer query(UsageQuery asked, List<String> after, Caller caller) {
    boolean asManager =
        !caller.hasAny(SEE_PERSONS) && !asked.filter().containsKey(UsageQuery.Dimension.ENGINEER);
    boolean ownOnly =
        !caller.hasAny(SEE_PERSONS)
            && caller.isEngineer(asked.filter().getOrDefault(UsageQuery.Dimension.ENGINEER, ""));
    if (!caller.hasAny(SEE_PERSONS) && !ownOnly && UsageQueryRepository.personal(asked)) {
      throw Failure.of(
              Reason.NOT_OWN_DATA,
              "a manager is shown groups, and no person (field 'filter.engineer')")
          .with("method", "fourthpillar.usage.v1.UsageQueryService/QueryUsage")
          .with("field", "filter.engineer")
          .asException();
    }
    UsageQuery query = asManager ? asked.of(Optional.of(caller.engineer().orElse(""))) : asked;
    return transactions.run(
        handle -> {
          List<UsageSums> rows = usage.sums(handle, query, after);
          Optional<String> currency = prices.currency(handle);
          boolean more = rows.size() > query.page().size();
          List<UsageSums> page = more ? rows.subList(0, query.page().size()) : rows;
          Optional<List<String>> next = more ? Optional.of(page.getLast().key()) : Optional.empty();
          return asManager
              ? shown(handle, query, page, next, currency)
              : new Answer(page, next, 0, currency);
        });
  }

  /** What may be withheld is decided over the whole answer, of which this is a page. */
  private Answer shown(
      Handle handle,
      UsageQuery query,
      List<UsageSums> page,
      Optional<List<String>> next,
      Optional<String> currency) {
    int dimensions = query.groupBy().size() + (query.interval() == Interval.NONE ? 0 : 1);
    int most = MAX_SUMS / Withholding.sums(dimensions);
    List<Withholding.Small> small = usage.small(handle, query, SMALLEST_GROUP, most + 1);
    if (small.size() > most) {
      throw Failure.of(
              Reason.LIMIT_EXCEEDED,
              "groups of fewer than %d people: more than %d by %d dimensions (ask for a shorter time or fewer dimensions)"
                  .formatted(SMALLEST_GROUP, most, dimensions))
          .with("limit", "small_groups")
          .with("max", Integer.toString(most))
          .with("actual", Integer.toString(small.size()))
          .asException();
    }
    Withholding withholding = Withholding.of(SMALLEST_GROUP, small, usage.leftOut(handle, query));
    List<UsageSums> shown = page.stream().filter(withholding::shows).toList();
    return new Answer(shown, next, page.size() - shown.size(), currency);
  }

  List<UnitValue> records(
      String engineer,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<RecordKey> after,
      PageRequest page) {
    return transactions.run(handle -> usage.records(handle, engineer, from, until, after, page));
  }

  /** A tree and the currency of its costs. */
  record Tree(AgentTree root, Optional<String> currency) {}

  Tree tree(String engineer, String session) {
    return transactions.run(
        handle -> {
          List<UnitValue> units = usage.session(handle, engineer, session, MAX_TREE_UNITS + 1);
          if (units.isEmpty()) {
            throw Failure.notFound(
                    "session", session, "engineer '%s' has no such session".formatted(engineer))
                .asException();
          }
          if (units.size() > MAX_TREE_UNITS) {
            throw Failure.of(
                    Reason.LIMIT_EXCEEDED,
                    "calls of the session: more than %d".formatted(MAX_TREE_UNITS))
                .with("limit", "session_units")
                .with("max", Integer.toString(MAX_TREE_UNITS))
                .with("actual", Integer.toString(units.size()))
                .asException();
          }
          return new Tree(AgentTree.of(session, units), prices.currency(handle));
        });
  }
}
