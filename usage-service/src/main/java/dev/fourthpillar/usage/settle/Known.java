package dev.fourthpillar.usage.settle;

import dev.fourthpillar.usage.booked.BookedHold;
import dev.fourthpillar.usage.booked.BookedHoldRepository;
import dev.fourthpillar.usage.gate.GateRepository;
import dev.fourthpillar.usage.gate.Gates;
import dev.fourthpillar.usage.identity.People;
import dev.fourthpillar.usage.pricebook.PriceTimes;
import dev.fourthpillar.usage.unmatched.UnmatchedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Everything besides its evidence that decides what a unit is worth.
 *
 * @param now when it is decided
 * @param grace how long lower signals wait
 * @param unmatchedWait how long a call waits for a hold
 * @param pseudonyms of those for whom the gate was closed
 * @param holds those that the units name
 * @param nearHolds the calls around which their engineer had a hold
 * @param covered units of lower signals, around which their group has a higher one
 * @param around units whose span stands around another unit's, and so repeats it
 * @param metricsOnly tools, or groups as {@code tool/group}, that send nothing better than metrics
 * @param unmatched what was said about usage that finds no hold
 * @param past by unit; none of those that are first received now
 */
record Known(
    Instant now,
    Duration grace,
    Duration unmatchedWait,
    PriceTimes prices,
    People people,
    Gates gates,
    Map<GateRepository.Closed, String> pseudonyms,
    Map<BookedHold.Id, BookedHold> holds,
    Set<BookedHoldRepository.Call> nearHolds,
    Set<Long> covered,
    Set<Long> around,
    Set<String> metricsOnly,
    UnmatchedRules unmatched,
    Map<Long, ValueRepository.Past> past) {}
