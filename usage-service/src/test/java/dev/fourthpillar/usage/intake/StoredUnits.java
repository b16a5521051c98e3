package dev.fourthpillar.usage.intake;

import com.zaxxer.hikari.HikariDataSource;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.settle.Valuation;
import dev.fourthpillar.usage.store.EvidenceRepository;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository;
import dev.fourthpillar.usage.store.UnitEvidenceRepository;
import dev.fourthpillar.usage.store.UnitRepository;
import dev.fourthpillar.usage.unit.Acceptance;
import dev.fourthpillar.usage.unit.UnitEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The intake on a real database, with a valuation that only takes down what it was told. */
final class StoredUnits implements Valuation, AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Intake intake;
  private final UnitEvidenceRepository reader = new UnitEvidenceRepository();
  private final Map<Long, UnitEvidence> valued = new ConcurrentHashMap<>();

  private final AtomicInteger valuations = new AtomicInteger();

  private StoredUnits(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = JdbiSettings.apply(Jdbi.create(pool));
    this.intake =
        new Intake(
            new EvidenceRepository(), new UnitRepository(), new RejectedEvidenceRepository(), this);
  }

  static StoredUnits on(TestDatabase database, Instant now) {
    StoredUnits units = new StoredUnits(pool(database));
    units.jdbi.useTransaction(
        handle -> new EvidenceRepository().keepWeeks(handle, now, Duration.ofDays(35)));
    return units;
  }

  private static HikariDataSource pool(TestDatabase database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.username());
    pool.setPassword(database.password());
    return pool;
  }

  List<Acceptance> accept(List<Evidence> batch, Instant receivedAt) {
    return jdbi.inTransaction(handle -> intake.accept(handle, batch, receivedAt));
  }

  @Override
  public void revalue(
      Handle handle, Collection<Long> changed, Collection<UnitEvidence> opened, Instant now) {
    valuations.incrementAndGet();
    reader.of(handle, changed).forEach(unit -> valued.put(unit.unit(), unit));
    opened.forEach(unit -> valued.put(unit.unit(), unit));
  }

  /** As the valuation was told last: a call nobody valued again after a change is missing it. */
  Map<Long, UnitEvidence> valued() {
    return new TreeMap<>(valued);
  }

  /** As they are stored. */
  List<UnitEvidence> stored() {
    return jdbi.inTransaction(
        handle ->
            reader.of(
                handle,
                handle.createQuery("select id from unit order by id").mapTo(Long.class).list()));
  }

  /** How often the intake asked. */
  int valuations() {
    return valuations.get();
  }

  void clear() {
    valued.clear();
    jdbi.useHandle(
        handle -> handle.execute("truncate unit, unit_alias, evidence, rejected_evidence cascade"));
  }

  @Override
  public void close() {
    pool.close();
  }

  Jdbi jdbi() {
    return jdbi;
  }
}
