package dev.fourthpillar.comp.explain;

/**
 * Which version of outside data a line used, so that the same figure can be computed again.
 *
 * @param kind what sort of data
 * @param id its identity with whoever keeps it
 * @param description for people, for example "USD to SEK 10.50 of 2026-11-20, ECB, direct"
 */
public record SnapshotRef(Kind kind, String id, String description) {

  /** The sorts of outside data that lines depend on. */
  public enum Kind {
    FX_QUOTE,
    PRICE_BOOK,
    SHARE_PRICE,
    METERED_CHARGES,
    RULE
  }
}
