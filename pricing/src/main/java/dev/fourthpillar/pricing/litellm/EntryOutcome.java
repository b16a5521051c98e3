package dev.fourthpillar.pricing.litellm;

import dev.fourthpillar.pricing.book.ModelKey;

/** What became of one top-level entry of the file. Every entry has exactly one outcome. */
public sealed interface EntryOutcome {

  /** A row with at least one price above 0. */
  record Imported(ModelKey key) implements EntryOutcome {}

  /** A row whose every stated price is 0. */
  record Free(ModelKey key) implements EntryOutcome {}

  /** A row without a usable price: the model is known and its usage is UNPRICED. */
  record WithoutPrice(ModelKey key) implements EntryOutcome {}

  /** No row; usage of the model is UNPRICED. */
  record Rejected(String reason) implements EntryOutcome {}

  /** {@code sample_spec} and {@code fallback_generalizations}. */
  record NotAModel() implements EntryOutcome {}
}
