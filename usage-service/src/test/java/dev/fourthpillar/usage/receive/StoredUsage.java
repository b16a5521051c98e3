package dev.fourthpillar.usage.receive;

import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.usage.Tokens;
import dev.fourthpillar.usage.store.UnitEvidenceRepository;
import dev.fourthpillar.usage.unit.UnitEvidence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** What the service has stored, looked at beside it. */
public final class StoredUsage {
  private final Jdbi database;
  private final UnitEvidenceRepository units = new UnitEvidenceRepository();

  public StoredUsage(TestService service) {
    this.database = service.database();
  }

  /** Calls that count, by model, in disjoint kinds. */
  Map<String, Tokens> byModel() {
    Map<String, Tokens> totals = new TreeMap<>();
    for (UnitEvidence unit : units()) {
      if (unit.counted()) {
        totals.merge(
            unit.pricing().model().orElse(""),
            Tokens.of(unit.pricing(), unit.quantities()),
            Tokens::plus);
      }
    }
    return totals;
  }

  public List<UnitEvidence> units() {
    return database.inTransaction(
        handle ->
            units
                .of(
                    handle,
                    handle.createQuery("select id from unit order by id").mapTo(Long.class).list())
                .stream()
                .filter(unit -> unit.mergedInto().isEmpty())
                .toList());
  }

  /** Reason, field, and how often it came, in the order of the reasons. */
  public List<String> rejections() {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select reason || ' ' || field || ' ' || times from rejected_evidence
                    order by reason, field
                    """)
                .mapTo(String.class)
                .list());
  }

  /** Every row of every table as text. */
  String everything() {
    return database.withHandle(
        handle -> {
          StringBuilder all = new StringBuilder();
          for (String table :
              handle
                  .createQuery(
                      """
                      select quote_ident(schemaname) || '.' || quote_ident(tablename)
                      from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
                      """)
                  .mapTo(String.class)
                  .list()) {
            handle
                .createQuery("select t::text from " + table + " t")
                .mapTo(String.class)
                .forEach(row -> all.append(row).append('\n'));
          }
          return all.toString();
        });
  }

  public void clear() {
    database.useHandle(
        handle ->
            handle.execute("truncate unit, unit_alias, unit_value, evidence, rejected_evidence"));
  }
}
