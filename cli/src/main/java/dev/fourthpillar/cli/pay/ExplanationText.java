package dev.fourthpillar.cli.pay;

import dev.fourthpillar.comp.v1.ExplainedLine;

/** A line down to what somebody entered, each level further to the right. */
public final class ExplanationText {
  private static final String STEP = "  ";

  private ExplanationText() {}

  public static String of(ExplainedLine line) {
    var text = new StringBuilder();
    write(text, line, "");
    return text.toString();
  }

  private static void write(StringBuilder text, ExplainedLine explained, String indent) {
    var line = explained.getLine();
    String inside = indent + STEP;
    text.append("%s%s  %s\n".formatted(indent, line.getLineId(), Amounts.print(line.getAmount())));
    text.append("%s= %s\n".formatted(inside, line.getFormula()));
    line.getInputsList()
        .forEach(
            input ->
                text.append("%s%s: %s\n".formatted(inside, input.getName(), input.getValue())));
    explained
        .getSnapshotsList()
        .forEach(
            snapshot -> text.append("%sfrom %s\n".formatted(inside, snapshot.getDescription())));
    explained.getPartsList().forEach(part -> write(text, part, inside));
  }
}
