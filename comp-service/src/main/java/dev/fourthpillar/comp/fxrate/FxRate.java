package dev.fourthpillar.comp.fxrate;

import java.time.Instant;
import java.util.UUID;

/**
 * A published quote.
 *
 * @param version rises by 1 with each quote of the pair, from 1
 * @param recordedAt when it became known
 */
record FxRate(UUID id, Quoted quoted, long version, Instant recordedAt) {}
