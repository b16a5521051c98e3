package dev.fourthpillar.usage.settle;

import dev.fourthpillar.pricing.cost.UsageScope;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.usage.booked.BookedHold;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.evidence.SpanLink;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.identity.Identity;
import dev.fourthpillar.usage.unit.UnitEvidence;
import dev.fourthpillar.usage.unit.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What a unit's evidence says, taken together. */
final class Facts {
  private static final int MAX_TAGS = 20;
  private static final int MAX_TAG_CHARS = 64;

  private final UnitEvidence unit;
  private final Evidence pricing;
  private final Evidence attribution;
  private final Optional<Window> window;

  /** The report that knows best who and what for comes first; the others fill its gaps. */
  private final List<Evidence> ordered;

  Facts(UnitEvidence unit) {
    this.unit = unit;
    this.pricing = unit.pricing();
    this.attribution = unit.attribution();
    this.window = unit.window();
    List<Evidence> all = new ArrayList<>(unit.evidence());
    all.remove(attribution);
    all.addFirst(attribution);
    this.ordered = List.copyOf(all);
  }

  /** Of a window when its first point was taken. */
  Instant eventTime() {
    return window.map(Window::first).orElseGet(pricing::eventTime);
  }

  /** From when on it is there. */
  Instant since() {
    return window.map(Window::start).orElseGet(pricing::eventTime);
  }

  /** Until when it is there. */
  Instant until() {
    return window.isPresent() ? since().plus(SeriesPoint.WINDOW) : since();
  }

  long unit() {
    return unit.unit();
  }

  /**
   * Of a window whose metric was told to leave the session out: the installation's claim, which the
   * group's other signals make as well.
   */
  Optional<String> installationWithoutSession() {
    return window.isPresent() && text(Dimensions::session).isEmpty()
        ? claims().stream()
            .filter(claim -> claim.kind() == IdentityClaim.Kind.INSTALLATION_ID)
            .map(Identity::key)
            .findFirst()
        : Optional.empty();
  }

  boolean isWindow() {
    return window.isPresent();
  }

  int rank() {
    return unit.rank();
  }

  /** Its spans, where spans of this tool may stand around each other and nobody else knows it. */
  List<SpanLink> spans() {
    return unit.evidence().stream().allMatch(report -> report.span().isPresent())
        ? unit.evidence().stream().flatMap(report -> report.span().stream()).toList()
        : List.of();
  }

  /** What pricing asks. */
  Priceable priceable() {
    return new Priceable(
        eventTime(),
        pricing.provider(),
        model().orElse(""),
        quantities(),
        pricing.serviceTier(),
        pricing.region(),
        isWindow() ? UsageScope.AGGREGATE : UsageScope.REQUEST);
  }

  Optional<String> model() {
    return pricing.model().or(() -> first(Evidence::model));
  }

  Quantities quantities() {
    return window.map(Window::quantities).orElseGet(pricing::quantities);
  }

  List<IdentityClaim> claims() {
    return ordered.stream().flatMap(report -> report.claims().stream()).distinct().toList();
  }

  /** The credentials it was sent with. */
  List<String> credentials() {
    return claims().stream()
        .filter(claim -> claim.kind() == IdentityClaim.Kind.CREDENTIAL)
        .map(IdentityClaim::value)
        .toList();
  }

  /** As they are kept, with the engineers of holds. */
  SortedSet<String> claimKeys() {
    SortedSet<String> keys = new TreeSet<>();
    claims().forEach(claim -> keys.add(Identity.key(claim)));
    named().forEach(attempt -> keys.add(Identity.engineerKey(attempt.engineer())));
    return keys;
  }

  String tool() {
    return ordered.stream().map(Evidence::tool).filter(t -> !t.isEmpty()).findFirst().orElse("");
  }

  String project() {
    return text(Dimensions::project);
  }

  String agent() {
    return text(Dimensions::agent);
  }

  List<String> tags() {
    return attribution.dimensions().tags().entrySet().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .map(tag -> tag.substring(0, Math.min(MAX_TAG_CHARS, tag.length())))
        .sorted()
        .limit(MAX_TAGS)
        .toList();
  }

  UnitValue.Place place() {
    return new UnitValue.Place(
        text(Dimensions::session),
        text(Dimensions::prompt),
        text(Dimensions::agentId),
        text(Dimensions::parentAgent),
        ordered.stream().anyMatch(report -> report.dimensions().subAgent()));
  }

  NavigableSet<String> flags() {
    NavigableSet<String> flags = new TreeSet<>();
    window.map(Window::flags).orElseGet(pricing::flags).stream()
        .map(EvidenceFlag::name)
        .forEach(flags::add);
    if (unit.conflict()) {
      flags.add("CONFLICT");
    }
    unit.holdMatch().ifPresent(match -> flags.add("MATCHED_BY_" + match.name()));
    return flags;
  }

  /** Attempts that budget-service has told of, each once, the lowest first. */
  List<HoldAttempt> settled() {
    return attempts(true);
  }

  /** All attempts that some report names. */
  List<HoldAttempt> named() {
    return attempts(false);
  }

  private List<HoldAttempt> attempts(boolean told) {
    return unit.evidence().stream()
        .filter(report -> !told || report.signal() == UsageSignal.HOLD_ATTEMPT)
        .flatMap(report -> report.hold().stream())
        .map(a -> new HoldAttempt(a.engineer(), a.hold(), a.attempt(), 0))
        .distinct()
        .sorted(
            Comparator.comparing(HoldAttempt::engineer)
                .thenComparing(HoldAttempt::hold)
                .thenComparingInt(HoldAttempt::attempt))
        .toList();
  }

  List<BookedHold.Id> holds() {
    return named().stream().map(a -> new BookedHold.Id(a.engineer(), a.hold())).distinct().toList();
  }

  /** Whether some report says that it went through a gateway that holds budget for calls. */
  boolean throughGateway() {
    return unit.evidence().stream()
        .anyMatch(report -> report.flags().contains(EvidenceFlag.KNOWN_GATEWAY));
  }

  /** Whether only the hold itself speaks of it, without knowing how much it was. */
  boolean onlyEstimated() {
    return quantities().isEmpty()
        && unit.evidence().stream().allMatch(r -> r.signal() == UsageSignal.HOLD_ATTEMPT);
  }

  boolean counted() {
    return unit.counted();
  }

  String groupTool() {
    return pricing.group().tool();
  }

  String groupValue() {
    return pricing.group().value();
  }

  private String text(Function<Dimensions, Optional<String>> dimension) {
    return first(report -> dimension.apply(report.dimensions())).orElse("");
  }

  private Optional<String> first(Function<Evidence, Optional<String>> fact) {
    return ordered.stream().flatMap(report -> fact.apply(report).stream()).findFirst();
  }
}
