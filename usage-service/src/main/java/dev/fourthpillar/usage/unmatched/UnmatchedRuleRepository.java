package dev.fourthpillar.usage.unmatched;

import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.usage.unmatched.UnmatchedRule.Kind;
import dev.fourthpillar.usage.unmatched.UnmatchedRule.Subject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was said about usage that finds no hold. */
@Singleton
public final class UnmatchedRuleRepository {

  /** Everything that was said about these engineers and credentials. */
  public UnmatchedRules rules(
      Handle handle, Collection<String> engineers, Collection<String> credentials) {
    List<String> kinds = new ArrayList<>();
    List<String> subjects = new ArrayList<>();
    engineers.forEach(
        id -> {
          kinds.add(Kind.ENGINEER.name());
          subjects.add(id);
        });
    credentials.forEach(
        id -> {
          kinds.add(Kind.CREDENTIAL.name());
          subjects.add(id);
        });
    if (subjects.isEmpty()) {
      return new UnmatchedRules(List.of());
    }
    return new UnmatchedRules(
        handle
            .createQuery(
                """
                select r.* from unnest(:kinds, :subjects) a (subject_kind, subject)
                join unmatched_rule r using (subject_kind, subject)
                """)
            .bindArray("kinds", String.class, kinds)
            .bindArray("subjects", String.class, subjects)
            .map((row, _) -> rule(row))
            .list());
  }

  void put(Handle handle, UnmatchedRule rule, Instant now) {
    handle
        .createUpdate(
            """
            insert into unmatched_rule
              (subject_kind, subject, tool, since, policy, author, made_at)
            values (:kind, :subject, :tool, :since, :policy, :author, :now)
            on conflict (subject_kind, subject, tool, since) do update
            set policy = excluded.policy, author = excluded.author, made_at = excluded.made_at
            """)
        .bind("kind", rule.subject().kind().name())
        .bind("subject", rule.subject().id())
        .bind("tool", rule.tool())
        .bind("since", rule.since())
        .bind("policy", rule.policy().map(Enum::name).orElse(null))
        .bind("author", rule.author())
        .bind("now", now)
        .execute();
  }

  int count(Handle handle) {
    return handle.createQuery("select count(*) from unmatched_rule").mapTo(Integer.class).one();
  }

  /** In the order in which they were made. */
  Page<Listed> list(Handle handle, PageRequest page) {
    List<Listed> rules =
        handle
            .createQuery("select * from unmatched_rule where id > :after order by id limit :rows")
            .bind("after", page.after().map(Long::parseLong).orElse(0L))
            .bind("rows", page.size() + 1)
            .map((row, _) -> new Listed(row.getLong("id"), rule(row)))
            .list();
    return Page.of(rules, page, listed -> Long.toString(listed.id()));
  }

  /** A rule and its place. */
  record Listed(long id, UnmatchedRule rule) {}

  private static UnmatchedRule rule(ResultSet row) throws SQLException {
    return new UnmatchedRule(
        new Subject(Kind.valueOf(row.getString("subject_kind")), row.getString("subject")),
        row.getString("tool"),
        Optional.ofNullable(row.getString("policy")).map(UnmatchedPolicy::valueOf),
        row.getTimestamp("since").toInstant(),
        row.getString("author"));
  }
}
