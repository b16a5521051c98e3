package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.cap.CapMove;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.journal.Entry;
import java.util.List;
import java.util.Optional;

/**
 * What a command makes of an account, and what is to be written.
 *
 * @param state after it; with the same revision when nothing changed
 * @param entries to append
 * @param hold to write
 * @param usage to add to the history
 * @param events to tell, in this order
 * @param caps by how much what counts in caps changes
 */
public record Decided(
    Decision<AccountAnswer> decision,
    AccountState state,
    List<Entry> entries,
    Optional<Hold> hold,
    List<MinuteUsage> usage,
    List<AccountEvent> events,
    List<CapMove> caps) {}
