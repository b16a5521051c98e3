package dev.fourthpillar.comp.html;

/** How a page looks: light or dark as the reader prefers, on a phone, on a desk and on paper. */
final class Style {

  /** What a renderer of pages understands as well. */
  static final String PAPER =
      """
      body { font-family: "Liberation Sans", sans-serif; font-size: 10pt; line-height: 1.4;
        color: #1a1a1a; }
      h1 { font-size: 18pt; }
      h2 { font-size: 13pt; margin-top: 1.6em; page-break-after: avoid; }
      table { border-collapse: collapse; width: 100%; margin-bottom: 1em; }
      caption { text-align: left; padding-bottom: 0.3em; color: #444444; }
      th, td { border-bottom: 1px solid #cccccc; padding: 0.3em 0.5em; text-align: left;
        vertical-align: top; font-weight: normal; }
      thead th { font-weight: bold; }
      table, tr { page-break-inside: avoid; }
      .bars { page-break-inside: auto; }
      .bars th { width: 28%; }
      .track { height: 0.8em; margin: 0.15em 0; overflow: hidden; }
      .bar { height: 0.8em; float: left; }
      .swatch { padding: 0 0.45em; }
      .words { font-size: 0.85em; color: #444444; }
      .bar-cash { background-color: #1b4f72; }
      .bar-equity { background-color: #5b9bd5; }
      .bar-tokens { background-color: #d9a441; }
      .bar-kept { background-color: #2e7d4f; }
      .bar-forfeited { background-color: #b8b8b8; }
      .bar-owed { background-color: #a93226; }
      .disclaimer { border-left: 4px solid #8a5a00; padding-left: 0.8em; }
      @page { size: A4; margin: 18mm 16mm; }
      """;

  static final String SCREEN =
      PAPER
          + """
          :root { color-scheme: light dark; }
          body { font-family: system-ui, "Liberation Sans", sans-serif; font-size: 1rem;
            background: #ffffff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
            overflow-wrap: break-word; }
          h1 { font-size: 1.7rem; }
          h2 { font-size: 1.25rem; }
          th, td { font-variant-numeric: tabular-nums; }
          .scroll { overflow-x: auto; }
          .scroll table { min-width: 34rem; }
          .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          /* Tokens are hatched: what they are is not told by colour alone. */
          .bar-tokens { background-image: repeating-linear-gradient(135deg, transparent 0 4px,
            rgba(0, 0, 0, 0.25) 4px 6px); }
          @media (max-width: 40rem) {
            body { margin: 1rem auto; }
            .bars th, .bars td { display: block; width: auto; border-bottom: none; }
            .bars td { border-bottom: 1px solid #cccccc; padding-top: 0; }
          }
          @media screen and (prefers-color-scheme: dark) {
            body { color: #e8e8e8; background: #16181b; }
            caption, .words { color: #b4b8bd; }
            th, td, .bars td { border-color: #3a3f45; }
            .bar-cash { background-color: #6fa8dc; }
            .bar-equity { background-color: #9fc5e8; }
            .bar-tokens { background-color: #e0b85c; }
            .bar-kept { background-color: #6cc08b; }
            .bar-forfeited { background-color: #6b7076; }
            .bar-owed { background-color: #e57368; }
          }
          @media print {
            body { max-width: none; margin: 0; padding: 0; }
            .scroll { overflow-x: visible; }
            .scroll table { min-width: 0; }
          }
          """;

  private Style() {}
}
