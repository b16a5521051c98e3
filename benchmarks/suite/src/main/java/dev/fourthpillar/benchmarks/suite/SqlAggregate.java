package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/**
 * What PostgreSQL alone makes of the rows that statements are made of: base, bonus and grants of
 * the package in effect, charges and balance in sums, at the day's rate. Without vesting, years,
 * lenses, rounding by line or anything that could be explained.
 */
final class SqlAggregate {
  private static final int FETCHED = 1_000;

  private final LocalDatabase database;
  private final LocalDate day;

  SqlAggregate(LocalDatabase database, LocalDate day) {
    this.database = database;
    this.day = day;
  }

  /** How long it takes until the last row has been read. */
  double seconds() throws SQLException {
    long begin = System.nanoTime();
    try (Connection connection = database.dataSource().getConnection()) {
      // Else the driver reads all rows before it gives the first.
      connection.setAutoCommit(false);
      try (PreparedStatement query =
          connection.prepareStatement(
              """
              select e.engineer,
                     p.base * (1 + p.bonus / 100) + (p.shares * p.price / 4 + p.tokens) * f.rate,
                     c.consumed, c.employer, b.unspent
              from engineer e
              cross join lateral (
                select (content #>> '{base,amount,units}')::numeric as base,
                       (content #>> '{targetBonus,percentOfBase,value}')::numeric as bonus,
                       (content #>> '{equity,0,shares}')::numeric as shares,
                       (content #>> '{equity,0,price,amount,units}')::numeric as price,
                       (content #>> '{tokens,amount,units}')::numeric as tokens
                from package_record r
                where r.engineer = e.engineer and r.effective_date <= ?
                order by effective_date desc, recorded_at desc
                limit 1) p
              left join (
                select engineer, sum(account_list_nanos) as consumed,
                       sum(account_employer_nanos) as employer
                from metered_charge
                group by engineer) c on c.engineer = e.engineer
              left join (
                select engineer, sum(granted_nanos - settled_nanos - expired_nanos) as unspent
                from metered_balance
                group by engineer) b on b.engineer = e.engineer
              left join lateral (
                select coalesce(
                  (select rate from fx_rate q
                   where q.source = 'USD' and q.target = e.currency and q.day <= ?
                   order by q.day desc, q.version desc limit 1), 1) as rate) f on true
              order by e.engineer
              """)) {
        query.setObject(1, day);
        query.setObject(2, day);
        query.setFetchSize(FETCHED);
        BigDecimal sum = BigDecimal.ZERO;
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            sum = sum.add(rows.getBigDecimal(2));
          }
        }
        if (sum.signum() <= 0) {
          throw new IllegalStateException("the sum of all packages is " + sum);
        }
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
