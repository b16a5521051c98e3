package dev.fourthpillar.benchmarks.suite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fourthpillar.localdb.LocalDatabase;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The same with a rate limiter that teams use for it today: bucket4j on PostgreSQL, in this
 * process. A pair consumes, and then returns the difference. It keeps no ledger, no holds and no
 * events.
 */
final class BucketPairs implements AutoCloseable {
  private static final int CALLERS = 16;
  private static final int HELD = 10;
  private static final int DIFFERENCE = 3;

  private final HikariDataSource pool;
  private final ProxyManager<String> buckets;

  private BucketPairs(HikariDataSource pool) {
    this.pool = pool;
    this.buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .build();
  }

  static BucketPairs on(LocalDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(CALLERS);
    HikariDataSource pool = new HikariDataSource(config);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table bucket (id text primary key, state bytea)");
    } catch (SQLException e) {
      throw new IllegalStateException("the table of buckets cannot be made", e);
    }
    return new BucketPairs(pool);
  }

  /** Pairs a second over these keys. */
  double pairsPerSecond(Duration length, Supplier<String> keys) {
    return Load.closed(CALLERS, length, _ -> pair(keys.get()));
  }

  private void pair(String key) {
    BucketProxy bucket = buckets.getProxy(key, BucketPairs::configuration);
    if (!bucket.tryConsume(HELD)) {
      throw new IllegalStateException("a bucket is empty");
    }
    bucket.addTokens(DIFFERENCE);
  }

  private static BucketConfiguration configuration() {
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(1_000_000_000_000L)
                .refillIntervally(1, Duration.ofDays(365))
                .build())
        .build();
  }

  @Override
  public void close() {
    pool.close();
  }
}
