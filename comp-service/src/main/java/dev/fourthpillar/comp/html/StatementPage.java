package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.statement.Statement;
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
 */
public record StatementPage(
    String person,
    LocalDate packageFrom,
    Statement statement,
    Optional<Consumption> consumption,
    List<SnapshotRef> snapshots,
    List<String> notes) {

  public static final String DISCLAIMER =
      "Nothing on this page is legal or tax advice. Tokens are not cash: each token figure carries"
          + " the name of the lens it was read with.";

  private static final String STYLE =
      """
      body { font-family: system-ui, sans-serif; line-height: 1.4; color: #1a1a1a;
        background: #ffffff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; width: 100%; margin-bottom: 1rem; }
      caption { text-align: left; padding-bottom: 0.3rem; color: #444444; }
      th, td { border-bottom: 1px solid #cccccc; padding: 0.3rem 0.6rem; text-align: left;
        vertical-align: top; }
      td { font-variant-numeric: tabular-nums; }
      figure { margin: 1rem 0; }
      svg { width: 100%; max-width: 45rem; height: auto; font-size: 13px; }
      .cash { fill: #1b4f72; }
      .equity { fill: #7fb3d5; }
      .tokens { fill: url(#hatch); stroke: #8a5a00; }
      .disclaimer { border-left: 4px solid #8a5a00; padding-left: 0.8rem; }
      """;

  public StatementPage {
    snapshots = List.copyOf(snapshots);
    notes = List.copyOf(notes);
  }

  /** The days that consumption is counted of, both included. */
  public record Consumption(LocalDate from, LocalDate through) {}

  /** The page, UTF-8 when written. */
  public String render() {
    var title = "Compensation statement: " + person;
    return PageWriter.write(
        el("html", head(title), body(title))
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("lang", "en"));
  }

  private static Node.Element head(String title) {
    return el(
        "head",
        el("meta").with("charset", "utf-8"),
        el("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with("content", "default-src 'none'; style-src 'unsafe-inline'"),
        el("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
        el("title", title),
        el("style", STYLE));
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
            .add(new SourceSection(this).elements()));
  }
}
