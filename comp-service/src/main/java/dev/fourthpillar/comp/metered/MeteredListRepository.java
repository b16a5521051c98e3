package dev.fourthpillar.comp.metered;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What {@link MeteredRepository} answers of a person, of many persons in one round trip each. */
@Singleton
public final class MeteredListRepository {

  MeteredListRepository() {}

  /**
   * Whose charges, and of which time.
   *
   * @param from the first moment, at the beginning of a quarter of an hour
   * @param until the first moment that is not in it, likewise
   */
  public record Stretch(String engineer, Instant from, Instant until) {}

  /** The sums by engineer; who was charged nothing is not in it. */
  public Map<String, List<MeteredSum>> sums(Handle handle, Collection<Stretch> stretches) {
    var sums = new HashMap<String, List<MeteredSum>>();
    handle
        .createQuery(
            """
            select s.engineer, c.payer, c.account_currency, c.price_currency,
                   sum(c.account_list_nanos) as account_list,
                   sum(c.account_employer_nanos) as account_employer,
                   sum(c.list_nanos) as list, sum(c.employer_nanos) as employer
            from unnest(:engineers, :from, :until) as s (engineer, first, until)
            join metered_charge c
              on c.engineer = s.engineer and c.quarter >= to_timestamp(s.first)
                and c.quarter < to_timestamp(s.until)
            group by s.engineer, c.payer, c.account_currency, c.price_currency
            order by s.engineer, c.payer, c.account_currency, c.price_currency
            """)
        .bindArray("engineers", String.class, stretches.stream().map(Stretch::engineer).toList())
        .bindArray("from", Long.class, seconds(stretches.stream().map(Stretch::from).toList()))
        .bindArray("until", Long.class, seconds(stretches.stream().map(Stretch::until).toList()))
        .map((row, _) -> Map.entry(row.getString("engineer"), MeteredRepository.sum(row)))
        .forEach(sum -> add(sums, sum));
    return sums;
  }

  /** The latest balances by engineer, by account; who has no account is not in it. */
  public Map<String, List<Balance>> balances(Handle handle, Collection<String> engineers) {
    var balances = new HashMap<String, List<Balance>>();
    handle
        .createQuery(
            """
            select account, engineer, currency, version, entry, granted_nanos, held_nanos, settled_nanos,
                   expired_nanos, available_nanos, overage_nanos, unspent_portable_nanos, as_of
            from metered_balance
            where engineer = any(:engineers)
            order by engineer, account
            """)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map((row, _) -> MeteredRepository.balance(row))
        .forEach(balance -> add(balances, Map.entry(balance.engineer(), balance)));
    return balances;
  }

  /** As {@link MeteredRepository#position}; who was charged nothing ever is not in it. */
  public Map<String, String> positions(Handle handle, Collection<String> engineers) {
    var positions = new HashMap<String, String>();
    handle
        .createQuery(
            """
            select engineer, 'budget-service/' || partition || '/' || position as place
            from metered_position
            where engineer = any(:engineers)
            """)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map((row, _) -> Map.entry(row.getString("engineer"), row.getString("place")))
        .forEach(place -> positions.put(place.getKey(), place.getValue()));
    return positions;
  }

  private static <T> void add(Map<String, List<T>> lists, Map.Entry<String, T> entry) {
    lists.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue());
  }

  private static List<Long> seconds(List<Instant> times) {
    return times.stream().map(Instant::getEpochSecond).toList();
  }
}
