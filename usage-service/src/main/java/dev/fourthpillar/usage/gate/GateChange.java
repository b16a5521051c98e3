package dev.fourthpillar.usage.gate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The collection gate of a country was opened or closed.
 *
 * @param country ISO 3166-1 alpha-2
 * @param version from 1; of two changes since the same time the higher one counts
 * @param since judged at the time of a call
 * @param impact why it is allowed
 * @param worksCouncil who agreed
 */
record GateChange(
    String country,
    long version,
    boolean open,
    Instant since,
    Optional<Document> impact,
    Optional<Document> worksCouncil) {

  /** A document: where it is filed, and its day. */
  record Document(String reference, LocalDate date) {}
}
