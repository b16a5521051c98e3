package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import java.util.List;
import java.util.stream.Stream;

/** Tables that a screen reader can read: with a caption, and headers that say what they head. */
final class Tables {

  private Tables() {}

  /** The first column of each row heads it. */
  static Node.Element table(String caption, List<String> headers, List<List<String>> rows) {
    return el("table", el("caption", caption))
        .add(
            el(
                "thead",
                el("tr").add(headers.stream().map(h -> el("th", h).with("scope", "col")).toList())))
        .add(el("tbody").add(rows.stream().map(Tables::row).toList()));
  }

  /** A wide one is moved sideways on a narrow screen, by keys as well. */
  static Node.Element wide(String caption, List<String> headers, List<List<String>> rows) {
    return el("div", table(caption, headers, rows))
        .with("class", "scroll")
        .with("role", "region")
        .with("aria-label", caption)
        .with("tabindex", "0");
  }

  private static Node.Element row(List<String> cells) {
    return el("tr")
        .add(
            Stream.concat(
                    Stream.of(el("th", cells.getFirst()).with("scope", "row")),
                    cells.stream().skip(1).map(cell -> el("td", cell)))
                .toList());
  }
}
