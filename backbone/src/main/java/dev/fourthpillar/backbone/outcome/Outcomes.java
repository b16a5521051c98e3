package dev.fourthpillar.backbone.outcome;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision.Accepted;
import dev.fourthpillar.backbone.outcome.Decision.Refused;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Makes a mutating request happen once, however often it is sent: the first outcome, answer or
 * refusal, is kept and given again.
 *
 * <ul>
 *   <li>Same caller, method, request id and content: the same outcome, for the retention.
 *   <li>Same id, other content: {@code ID_REUSED}, naming the fields that differ.
 *   <li>Another caller: another request. Nobody reads an outcome by guessing its id.
 *   <li>What is thrown, and what is transient, is not kept: the next attempt decides anew.
 * </ul>
 */
@Singleton
public final class Outcomes {
  private static final int SALT_BYTES = 16;

  /** Named in the message of ID_REUSED at most; the rest is counted. */
  private static final int MAX_NAMED_DIFFERENCES = 20;

  private static final String BEFORE_DECISION = "before_decision";

  private final OutcomeRepository repository;
  private final OutcomeConfig config;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  Outcomes(OutcomeRepository repository, OutcomeConfig config, InstantSource clock) {
    this.repository = repository;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Decides the request, or gives its kept outcome. To be called first in the service's
   * transaction; what {@code decide} wrote before it refused is rolled back, the refusal is kept.
   * The caller takes the decision apart after the commit.
   */
  public <T> Decision<T> once(
      Handle handle, MutatingRequest request, AnswerCodec<T> codec, Supplier<Decision<T>> decide) {
    Instant now = clock.instant();
    Fingerprint print = Fingerprint.of(salt(), request.content());
    if (!repository.claim(handle, request, print, now, now.plus(config.retention()))) {
      return replay(repository.get(handle, request), request, codec);
    }
    handle.savepoint(BEFORE_DECISION);
    Decision<T> decision = decide.get();
    switch (decision) {
      case Accepted<T>(T answer) ->
          repository.freeze(
              handle, request, Optional.of(codec.encode().apply(answer)), Optional.empty());
      case Refused<T>(Failure failure) -> {
        if (!failure.reason().isFinal()) {
          throw failure.asException();
        }
        handle.rollbackToSavepoint(BEFORE_DECISION);
        repository.freeze(
            handle, request, Optional.empty(), Optional.of(RefusalCodec.encode(failure)));
      }
    }
    return decision;
  }

  private String salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return HexFormat.of().formatHex(salt);
  }

  private static <T> Decision<T> replay(
      FrozenOutcome outcome, MutatingRequest request, AnswerCodec<T> codec) {
    List<String> differences = outcome.fingerprint().differencesTo(request.content());
    if (!differences.isEmpty()) {
      return Decision.refused(reused(request, differences));
    }
    if (outcome.answer().isPresent()) {
      return Decision.accepted(codec.decode().apply(outcome.answer().get()));
    }
    return Decision.refused(RefusalCodec.decode(outcome.refusal().orElseThrow()));
  }

  private static Failure reused(MutatingRequest request, List<String> differences) {
    String named =
        String.join(
            ", ", differences.subList(0, Math.min(differences.size(), MAX_NAMED_DIFFERENCES)));
    return Failure.of(
            Reason.ID_REUSED,
            "request_id '%s' was used before with other content; it differs in [%s]"
                .formatted(request.requestId(), named))
        .with("id", request.requestId())
        .with("different_fields", named);
  }
}
