package dev.fourthpillar.comp.packages;

import dev.fourthpillar.comp.pack.CompensationPackage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A package as it was recorded.
 *
 * @param effectiveFrom the day it takes effect, not before its start
 * @param recordedAt when it became known; different for each record of an engineer
 */
public record PackageRecord(
    UUID id, String engineer, LocalDate effectiveFrom, Instant recordedAt, StoredPackage stored) {

  public CompensationPackage pack() {
    return stored.pack();
  }
}
