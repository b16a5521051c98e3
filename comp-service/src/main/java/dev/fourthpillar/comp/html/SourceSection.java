package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.explain.SnapshotRef;
import java.util.ArrayList;
import java.util.List;

/** What the figures were computed from. */
record SourceSection(StatementPage page) {

  List<Node.Element> elements() {
    var sources = new ArrayList<String>();
    sources.add("Package effective from " + page.packageFrom() + ".");
    page.consumption()
        .ifPresent(
            window ->
                sources.add(
                    "Consumption of the contract year from %s, up to and including %s."
                        .formatted(window.from(), window.through())));
    page.snapshots().stream().map(SourceSection::text).forEach(sources::add);
    if (page.snapshots().stream().noneMatch(ref -> ref.kind() == SnapshotRef.Kind.FX_QUOTE)) {
      sources.add("No amount was converted.");
    }
    sources.addAll(page.notes());
    return List.of(
        el("h2", "Sources"),
        el("ul").add(sources.stream().map(source -> el("li", source)).toList()));
  }

  private static String text(SnapshotRef ref) {
    return switch (ref.kind()) {
      case FX_QUOTE -> "Exchange rate " + ref.id() + ": " + ref.description() + ".";
      case PRICE_BOOK -> "Price book " + ref.id() + ": " + ref.description() + ".";
      case SHARE_PRICE -> "Share price: " + ref.description() + ".";
      case METERED_CHARGES -> "Metered: " + ref.description() + ".";
      case RULE -> "Rule: " + ref.description() + ".";
    };
  }
}
