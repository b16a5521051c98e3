package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.journal.Book;
import dev.fourthpillar.budget.journal.EntryKind;

/** The movements there are, in the order in which those of one command are written. */
enum Flow {
  GRANT(Book.BALANCE, Book.GRANTED, EntryKind.GRANT),
  /** A reduction or a change of what had expired. */
  REVIVE(Book.BALANCE, Book.EXPIRED, EntryKind.ADJUST),
  GIVE_BACK(Book.BALANCE, Book.CONSUMED, EntryKind.ADJUST),
  /** Back to a lot that has expired, so that it expires at once. */
  GIVE_BACK_EXPIRED(Book.EXPIRED, Book.CONSUMED, EntryKind.ADJUST),
  /** Late usage of a lot that has expired since. */
  SETTLE_EXPIRED(Book.CONSUMED, Book.EXPIRED, EntryKind.ADJUST),
  SETTLE(Book.CONSUMED, Book.BALANCE, EntryKind.SETTLE),
  EXPIRE(Book.EXPIRED, Book.BALANCE, EntryKind.EXPIRE),
  CARRY_OUT(Book.CARRIED, Book.BALANCE, EntryKind.ROLLOVER),
  CARRY_IN(Book.BALANCE, Book.CARRIED, EntryKind.ROLLOVER),
  /** Less than was thought was unused: out of the lot that goes on, and back into the first. */
  UNDO_CARRY_IN(Book.CARRIED, Book.BALANCE, EntryKind.ADJUST),
  UNDO_CARRY_OUT(Book.BALANCE, Book.CARRIED, EntryKind.ADJUST),
  REDUCE(Book.REDUCED, Book.BALANCE, EntryKind.REDUCE),
  /** What is pinned in a lot that goes on cannot be reduced, whatever it was meant to have. */
  UNDO_REDUCE(Book.BALANCE, Book.REDUCED, EntryKind.ADJUST),
  OVERAGE(Book.OVERAGE, Book.EMPLOYER, EntryKind.OVERAGE),
  UNDO_OVERAGE(Book.EMPLOYER, Book.OVERAGE, EntryKind.ADJUST),
  /** Without lots, because nothing limits it. */
  SETTLE_UNCAPPED(Book.UNCAPPED, Book.EMPLOYER, EntryKind.SETTLE),
  UNDO_UNCAPPED(Book.EMPLOYER, Book.UNCAPPED, EntryKind.ADJUST);

  private final Book debit;
  private final Book credit;
  private final EntryKind kind;

  Flow(Book debit, Book credit, EntryKind kind) {
    this.debit = debit;
    this.credit = credit;
    this.kind = kind;
  }

  Book debit() {
    return debit;
  }

  Book credit() {
    return credit;
  }

  /** A corrected settlement is an ADJUST, whichever way it goes. */
  EntryKind kind(boolean correction) {
    return correction && (this == SETTLE || this == OVERAGE || this == SETTLE_UNCAPPED)
        ? EntryKind.ADJUST
        : kind;
  }
}
