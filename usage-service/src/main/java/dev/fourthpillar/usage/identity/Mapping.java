package dev.fourthpillar.usage.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * Whose an identity is.
 *
 * @param engineer empty: nobody's
 * @param since for calls from when on; the epoch: all
 * @param fromPeople whether comp-service said so; an administrator counts before it
 */
record Mapping(Identity identity, Optional<String> engineer, Instant since, boolean fromPeople) {}
