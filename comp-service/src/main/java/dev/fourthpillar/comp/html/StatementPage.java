package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.statement.LeaverStatement;
import dev.fourthpillar.comp.statement.Statement;
import dev.fourthpillar.comp.statement.VestCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A statement as one HTML page: no script, nothing loaded from anywhere, and a policy that says so
 * to the browser. The same input gives the same page, to the byte.
 *
 * @param person whom it is about, as the reader knows them
 * @param packageFrom since when the package is in effect
 * @param consumption which days CONSUMED is of; empty when nothing is metered
 * @param snapshots the outside data that was used
 * @param notes further sentences about where figures come from
 * @param vests what vests when
 * @param leaver what is kept on leaving that day; empty where that cannot be said
 * @param cost what it costs the employer; empty for readers who may not see it
 */
public record StatementPage(
    String person,
    LocalDate packageFrom,
    Statement statement,
    Optional<Consumption> consumption,
    List<SnapshotRef> snapshots,
    List<String> notes,
    VestCalendar vests,
    Optional<LeaverStatement> leaver,
    Optional<EmployerCost> cost) {

  public static final String DISCLAIMER =
      "Nothing on this page is legal or tax advice. Tokens are not cash: each token figure carries"
          + " the name of the lens it was read with.";

  public StatementPage {
    snapshots = List.copyOf(snapshots);
    notes = List.copyOf(notes);
  }

  /** The days that consumption is counted of, both included. */
  public record Consumption(LocalDate from, LocalDate through) {}

  /** The page, UTF-8 when written. */
  public String render() {
    return write(Style.SCREEN);
  }

  /** The same for paper: no dark, no phone, and only what a renderer of pages understands. */
  public String renderForPaper() {
    return write(Style.PAPER);
  }

  private String write(String style) {
    var title = "Compensation statement: " + person;
    return PageWriter.write(
        el("html", head(title, style), body(title))
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("lang", "en"));
  }

  private static Node.Element head(String title, String style) {
    return el(
        "head",
        el("meta").with("charset", "utf-8"),
        el("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with("content", "default-src 'none'; style-src 'unsafe-inline'"),
        el("meta").with("name", "color-scheme").with("content", "light dark"),
        el("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
        el("title", title),
        el("style", style));
  }

  private Node.Element body(String title) {
    return el(
        "body",
        el("main", el("h1", title))
            .add(
                el(
                    "p",
                    "As of %s, in %s."
                        .formatted(statement.asOf(), statement.currency().getCurrencyCode())))
            .add(el("p", DISCLAIMER).with("class", "disclaimer"))
            .add(new PackageSection(statement).elements())
            .add(new TokenSection(statement).elements())
            .add(new VestSection(vests).elements())
            .add(leaver.map(it -> new LeaverSection(it).elements()).orElse(List.of()))
            .add(cost.map(it -> new CostSection(it).elements()).orElse(List.of()))
            .add(new SourceSection(this).elements()));
  }
}
