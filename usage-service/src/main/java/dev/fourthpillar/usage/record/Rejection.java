package dev.fourthpillar.usage.record;

/** Why a record can never be recorded. */
enum Rejection {
  /** It could not be told from its resend. */
  TOO_OLD_TO_DEDUPLICATE,
  IN_THE_FUTURE
}
