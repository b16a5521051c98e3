package dev.fourthpillar.usage.query;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.query.UsageQueryRepository.RecordKey;
import dev.fourthpillar.usage.settle.UnitValue;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was used, for those who may know. */
@Singleton
final class UsageQueryService {
  /** Of a session. */
  static final int MAX_TREE_UNITS = 100_000;

  /** The smallest group that a manager is shown. */
  static final int SMALLEST_GROUP = 7;

  private static final Set<Role> SEE_PERSONS =
      Set.of(Role.FINANCE, Role.AUDITOR, Role.OPERATOR, Role.SERVICE);

  private final Transactions transactions;
  private final UsageQueryRepository usage;

  UsageQueryService(Transactions transactions, UsageQueryRepository usage) {
    this.transactions = transactions;
    this.usage = usage;
  }

  /**
   * Groups, and what was kept back of them.
   *
   * @param more whether there are groups after these
   */
  record Answer(List<UsageSums> groups, boolean more, int withheld, Optional<String> currency) {}

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
          Optional<String> currency = usage.currency(handle);
          boolean more = rows.size() > query.page().size();
          List<UsageSums> page = more ? rows.subList(0, query.page().size()) : rows;
          return asManager ? kept(page, more, currency) : new Answer(page, more, 0, currency);
        });
  }

  /**
   * Small groups are kept back; and all of them, where those kept back are so few people together
   * that the rest would tell of them by subtraction.
   */
  private static Answer kept(List<UsageSums> page, boolean more, Optional<String> currency) {
    List<UsageSums> shown =
        page.stream().filter(group -> group.people() >= SMALLEST_GROUP).toList();
    long hidden =
        page.stream()
            .filter(group -> group.people() < SMALLEST_GROUP)
            .mapToLong(UsageSums::people)
            .sum();
    boolean tellsOfThem = hidden > 0 && hidden < SMALLEST_GROUP;
    List<UsageSums> safe = tellsOfThem ? List.of() : shown;
    return new Answer(safe, more, page.size() - safe.size(), currency);
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
          return new Tree(AgentTree.of(session, units), usage.currency(handle));
        });
  }
}
