package dev.fourthpillar.comp.html;

import java.util.Set;

/**
 * Writes a page as HTML 5 that is well-formed XML too, so that a strict parser reads the same page
 * as a browser.
 */
final class PageWriter {

  /** The elements of HTML without an end tag, as far as we use them. */
  private static final Set<String> VOID = Set.of("meta");

  /** Stands for characters that XML cannot hold. */
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder out = new StringBuilder();

  private PageWriter() {}

  static String write(Node.Element html) {
    var writer = new PageWriter();
    writer.out.append("<!DOCTYPE html>\n");
    writer.node(html);
    return writer.out.append('\n').toString();
  }

  private void node(Node node) {
    switch (node) {
      case Node.Text(String text) -> escape(text);
      case Node.Element element -> element(element);
    }
  }

  private void element(Node.Element element) {
    out.append('<').append(element.name());
    element
        .attributes()
        .forEach(
            (name, value) -> {
              out.append(' ').append(name).append("=\"");
              escape(value);
              out.append('"');
            });
    if (VOID.contains(element.name())) {
      out.append("/>");
      return;
    }
    out.append('>');
    element.children().forEach(this::node);
    out.append("</").append(element.name()).append('>');
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isXml(c) ? c : REPLACEMENT);
              }
            });
  }

  // XML 1.0, production 2, without the C1 controls that browsers read in their own way.
  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c < 0x7F)
        || (c >= 0xA0 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || (c >= 0x10000 && c <= 0x10FFFF);
  }
}
