package dev.fourthpillar.comp.metered;

import dev.fourthpillar.backbone.money.Amount;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Sums of charges, and the latest balances. */
@Singleton
public final class MeteredRepository {
  /** 10⁻⁹ units, as they are stored. */
  private static final int NANO_DIGITS = 9;

  /** Adds charges to their sums. To be called once for each, in the transaction of the cursor. */
  void add(Handle handle, Collection<Charge> charges) {
    if (charges.isEmpty()) {
      return;
    }
    addSums(handle, QuarterSum.of(charges));
    reach(handle, Reach.of(charges));
  }

  private static void addSums(Handle handle, List<QuarterSum> sums) {
    handle
        .createUpdate(
            """
            insert into metered_charge as kept
              (engineer, quarter, payer, account_currency, price_currency,
               account_list_nanos, account_employer_nanos, list_nanos, employer_nanos)
            select engineer, to_timestamp(quarter), payer, account_currency, price_currency,
                   account_list, account_employer, list, employer
            from unnest(
              :engineers, :quarters, :payers, :account_currencies, :price_currencies,
              :account_lists, :account_employers, :lists, :employers)
              as c (engineer, quarter, payer, account_currency, price_currency,
                    account_list, account_employer, list, employer)
            on conflict (engineer, quarter, payer, account_currency, price_currency) do update
            set account_list_nanos = kept.account_list_nanos + excluded.account_list_nanos,
                account_employer_nanos =
                  kept.account_employer_nanos + excluded.account_employer_nanos,
                list_nanos = kept.list_nanos + excluded.list_nanos,
                employer_nanos = kept.employer_nanos + excluded.employer_nanos
            """)
        .bindArray("engineers", String.class, map(sums, sum -> sum.key().engineer()))
        .bindArray("quarters", Long.class, map(sums, s -> s.key().quarter().getEpochSecond()))
        .bindArray("payers", Integer.class, map(sums, sum -> sum.key().payer().number()))
        .bindArray("account_currencies", String.class, map(sums, s -> s.key().accountCurrency()))
        .bindArray("price_currencies", String.class, map(sums, s -> s.key().priceCurrency()))
        .bindArray("account_lists", Long.class, map(sums, sum -> sum.accountList().nanos()))
        .bindArray("account_employers", Long.class, map(sums, s -> s.accountEmployer().nanos()))
        .bindArray("lists", Long.class, map(sums, sum -> sum.list().nanos()))
        .bindArray("employers", Long.class, map(sums, sum -> sum.employer().nanos()))
        .execute();
  }

  private static void reach(Handle handle, List<Reach> reaches) {
    handle
        .createUpdate(
            """
            insert into metered_position as kept
              (engineer, partition, position, first_usage, last_usage, pending_from)
            select engineer, partition, position, to_timestamp(first), to_timestamp(last),
                   to_timestamp(first)
            from unnest(:engineers, :partitions, :positions, :firsts, :lasts)
              as r (engineer, partition, position, first, last)
            on conflict (engineer) do update
            set partition = excluded.partition, position = excluded.position,
                first_usage = least(kept.first_usage, excluded.first_usage),
                last_usage = greatest(kept.last_usage, excluded.last_usage),
                -- least passes over null.
                pending_from = least(kept.pending_from, excluded.pending_from)
            """)
        .bindArray("engineers", String.class, map(reaches, Reach::engineer))
        .bindArray("partitions", Integer.class, map(reaches, r -> r.place().partition()))
        .bindArray("positions", Long.class, map(reaches, r -> r.place().position()))
        .bindArray("firsts", Long.class, map(reaches, r -> r.firstUsage().getEpochSecond()))
        .bindArray("lasts", Long.class, map(reaches, r -> r.lastUsage().getEpochSecond()))
        .execute();
  }

  /** Keeps balances that are later than the kept ones. */
  void keep(Handle handle, Collection<Balance> balances) {
    if (balances.isEmpty()) {
      return;
    }
    var latest = new TreeMap<String, Balance>();
    for (Balance balance : balances) {
      latest.merge(
          balance.account(),
          balance,
          (one, other) ->
              Comparator.comparingLong(Balance::version).compare(one, other) > 0 ? one : other);
    }
    var batch =
        handle.prepareBatch(
            """
            insert into metered_balance as kept
              (account, engineer, currency, version, entry, granted_nanos, held_nanos, settled_nanos,
               expired_nanos, available_nanos, overage_nanos, unspent_portable_nanos, as_of)
            values (:account, :engineer, :currency, :version, :entry, :granted, :held, :settled,
               :expired, :available, :overage, :unspent_portable, :as_of)
            on conflict (account) do update
            set engineer = excluded.engineer, currency = excluded.currency,
                version = excluded.version, entry = excluded.entry,
                granted_nanos = excluded.granted_nanos, held_nanos = excluded.held_nanos,
                settled_nanos = excluded.settled_nanos, expired_nanos = excluded.expired_nanos,
                available_nanos = excluded.available_nanos,
                overage_nanos = excluded.overage_nanos,
                unspent_portable_nanos = excluded.unspent_portable_nanos, as_of = excluded.as_of
            where kept.version < excluded.version
            """);
    for (Balance balance : latest.values()) {
      batch
          .bind("account", balance.account())
          .bind("engineer", balance.engineer())
          .bind("currency", balance.currency())
          .bind("version", balance.version())
          .bind("entry", balance.entry())
          .bind("granted", balance.granted().nanos())
          .bind("held", balance.held().nanos())
          .bind("settled", balance.settled().nanos())
          .bind("expired", balance.expired().nanos())
          .bind("available", balance.available().nanos())
          .bind("overage", balance.overage().nanos())
          .bind("unspent_portable", balance.unspentPortable().map(Amount::nanos).orElse(null))
          .bind("as_of", balance.asOf())
          .add();
    }
    batch.execute();
  }

  /**
   * What was charged for a person, by payer and currencies.
   *
   * @param from the first moment, at the beginning of a quarter of an hour
   * @param until the first moment that is not in it, likewise
   */
  public List<MeteredSum> sums(Handle handle, String engineer, Instant from, Instant until) {
    return handle
        .createQuery(
            """
            select payer, account_currency, price_currency,
                   sum(account_list_nanos) as account_list,
                   sum(account_employer_nanos) as account_employer,
                   sum(list_nanos) as list, sum(employer_nanos) as employer
            from metered_charge
            where engineer = :engineer and quarter >= :from and quarter < :until
            group by payer, account_currency, price_currency
            order by payer, account_currency, price_currency
            """)
        .bind("engineer", engineer)
        .bind("from", from)
        .bind("until", until)
        .map((row, _) -> sum(row))
        .list();
  }

  /** The latest balances of a person's accounts, by account. */
  public List<Balance> balances(Handle handle, String engineer) {
    return handle
        .createQuery(
            """
            select account, engineer, currency, version, entry, granted_nanos, held_nanos, settled_nanos,
                   expired_nanos, available_nanos, overage_nanos, unspent_portable_nanos, as_of
            from metered_balance
            where engineer = :engineer
            order by account
            """)
        .bind("engineer", engineer)
        .map((row, _) -> balance(row))
        .list();
  }

  /**
   * The place in the ledger's feed up to which a person's charges are in the sums, for example
   * {@code budget-service/12/345}; empty before the first charge.
   */
  public Optional<String> position(Handle handle, String engineer) {
    return handle
        .createQuery(
            """
            select 'budget-service/' || partition || '/' || position
            from metered_position
            where engineer = :engineer
            """)
        .bind("engineer", engineer)
        .mapTo(String.class)
        .findOne();
  }

  static MeteredSum sum(ResultSet row) throws SQLException {
    return new MeteredSum(
        Payer.of(row.getInt("payer")),
        row.getString("account_currency"),
        units(row.getBigDecimal("account_list")),
        units(row.getBigDecimal("account_employer")),
        row.getString("price_currency"),
        units(row.getBigDecimal("list")),
        units(row.getBigDecimal("employer")));
  }

  static Balance balance(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    return new Balance(
        row.getString("account"),
        row.getString("engineer"),
        row.getLong("version"),
        row.getLong("entry"),
        new Amount(currency, row.getLong("granted_nanos")),
        new Amount(currency, row.getLong("held_nanos")),
        new Amount(currency, row.getLong("settled_nanos")),
        new Amount(currency, row.getLong("expired_nanos")),
        new Amount(currency, row.getLong("available_nanos")),
        new Amount(currency, row.getLong("overage_nanos")),
        Optional.ofNullable(row.getObject("unspent_portable_nanos", Long.class))
            .map(nanos -> new Amount(currency, nanos)),
        row.getTimestamp("as_of").toInstant());
  }

  private static BigDecimal units(BigDecimal nanos) {
    return nanos.movePointLeft(NANO_DIGITS);
  }

  private static <S, T> List<T> map(List<S> rows, Function<S, T> column) {
    return rows.stream().map(column).toList();
  }
}
