package dev.fourthpillar.pricing.quantity;

/** What the tokens stand for. A source that does not say is counted as TEXT. */
public enum Modality {
  TEXT,
  IMAGE,
  AUDIO,
  VIDEO
}
