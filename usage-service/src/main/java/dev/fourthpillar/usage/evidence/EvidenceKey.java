package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What makes two reports the same report.
 *
 * @param bucket hours since 1970 of the record's own time: keeps the unique index local to the
 *     hours that are arriving, and lets old hours go. It never comes from a clock of ours, nor from
 *     an observer's where the record has a time: a resend would fall into another bucket.
 * @param hash over the signal and the request key
 */
public record EvidenceKey(long bucket, Fingerprint hash) implements Comparable<EvidenceKey> {

  public static final Duration BUCKET = Duration.ofHours(1);

  private static final Comparator<EvidenceKey> ORDER =
      Comparator.comparingLong(EvidenceKey::bucket).thenComparing(EvidenceKey::hash);

  public EvidenceKey {
    requireNonNull(hash);
  }

  /**
   * @param tool the tool's id
   * @param requestKey the fields that identify the request within the tool's signal
   */
  public static EvidenceKey of(
      String tool, UsageSignal signal, Instant own, List<String> requestKey) {
    return new EvidenceKey(
        Math.floorDiv(own.getEpochSecond(), BUCKET.toSeconds()),
        Fingerprint.of(Stream.concat(Stream.of(tool, signal.id()), requestKey.stream()).toList()));
  }

  @Override
  public int compareTo(EvidenceKey other) {
    return ORDER.compare(this, other);
  }
}
