package dev.fourthpillar.usage.unmatched;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.due.DueRepository;
import dev.fourthpillar.usage.identity.Identity;
import dev.fourthpillar.usage.store.UnitRepository;
import dev.fourthpillar.usage.unmatched.UnmatchedUsageRepository.Waiting;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What happens to usage that finds no hold: what was said of it, and what waits for a decision. */
@Singleton
final class UnmatchedService {
  static final int MAX_RULES = 10_000;
  static final int MAX_DECIDED = 10_000;

  private final Transactions transactions;
  private final Outcomes outcomes;
  private final UnmatchedRuleRepository rules;
  private final UnmatchedUsageRepository usage;
  private final UnitRepository units;
  private final DueRepository due;
  private final InstantSource clock;

  UnmatchedService(
      Transactions transactions,
      Outcomes outcomes,
      UnmatchedRuleRepository rules,
      UnmatchedUsageRepository usage,
      UnitRepository units,
      DueRepository due,
      InstantSource clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.rules = rules;
    this.usage = usage;
    this.units = units;
    this.due = due;
    this.clock = clock;
  }

  /**
   * Which calls are decided on: those named, or what waits and fits.
   *
   * @param named where it is empty, what fits is decided on
   */
  record Choice(
      List<Long> named,
      Optional<String> engineer,
      Optional<String> tool,
      Optional<Instant> before) {}

  UnmatchedRule set(MutatingRequest request, UnmatchedRule rule) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle, request, ReconciliationMapper.RULE_CODEC, () -> set(handle, rule)))
        .orThrow();
  }

  private Decision<UnmatchedRule> set(Handle handle, UnmatchedRule rule) {
    due.change(handle);
    int count = rules.count(handle);
    if (count >= MAX_RULES) {
      return Decision.refused(limit("unmatched-rules", count + 1L, MAX_RULES));
    }
    Instant now = clock.instant();
    rules.put(handle, rule, now);
    due.addClaiming(handle, Set.of(claim(rule.subject())), rule.since(), now);
    if (rule.subject().kind() == UnmatchedRule.Kind.ENGINEER) {
      due.addOfSubject(handle, rule.subject().id(), rule.since(), now);
    }
    return Decision.accepted(rule);
  }

  private static String claim(UnmatchedRule.Subject subject) {
    return switch (subject.kind()) {
      case ENGINEER -> Identity.engineerKey(subject.id());
      case CREDENTIAL -> new Identity(Identity.Kind.CREDENTIAL, subject.id()).key();
    };
  }

  Page<UnmatchedRuleRepository.Listed> rules(PageRequest page) {
    return transactions.run(handle -> rules.list(handle, page));
  }

  Page<Waiting> waiting(Optional<String> engineer, Optional<String> tool, PageRequest page) {
    return transactions.run(handle -> usage.list(handle, engineer, tool, page));
  }

  /** How many calls were decided on. */
  int decide(MutatingRequest request, Choice choice, Review review) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle,
                    request,
                    ReconciliationMapper.COUNT_CODEC,
                    () -> decide(handle, choice, review)))
        .orThrow();
  }

  private Decision<Integer> decide(Handle handle, Choice choice, Review review) {
    List<Long> chosen = choice.named();
    if (chosen.isEmpty()) {
      chosen =
          usage.find(handle, choice.engineer(), choice.tool(), choice.before(), MAX_DECIDED + 1);
      if (chosen.size() > MAX_DECIDED) {
        return Decision.refused(limit("unmatched-decided", chosen.size(), MAX_DECIDED));
      }
    }
    units.lock(handle, chosen);
    List<Long> waiting = usage.waiting(handle, chosen);
    usage.decide(handle, waiting, review);
    due.add(handle, waiting, Collections.nCopies(waiting.size(), clock.instant()));
    return Decision.accepted(waiting.size());
  }

  private static Failure limit(String limit, long actual, int max) {
    return Failure.of(
            Reason.LIMIT_EXCEEDED, "%s: %d (expected: at most %d)".formatted(limit, actual, max))
        .with("limit", limit)
        .with("max", Integer.toString(max))
        .with("actual", Long.toString(actual));
  }
}
