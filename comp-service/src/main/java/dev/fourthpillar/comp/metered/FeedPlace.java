package dev.fourthpillar.comp.metered;

/** A place in budget-service's feed; the charges of one person are all in one partition. */
record FeedPlace(int partition, long position) {

  FeedPlace later(FeedPlace other) {
    return position >= other.position ? this : other;
  }
}
