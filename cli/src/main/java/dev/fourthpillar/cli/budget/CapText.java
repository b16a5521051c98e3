package dev.fourthpillar.cli.budget;

import dev.fourthpillar.budget.v1.Cap;
import dev.fourthpillar.budget.v1.CapState;
import dev.fourthpillar.cli.pay.Amounts;
import dev.fourthpillar.cli.table.Table;
import java.util.ArrayList;
import java.util.List;

/** Caps, and what counts in them. */
public final class CapText {
  private CapText() {}

  /** All of them, each in its present window. */
  public static String states(List<CapState> states) {
    if (states.isEmpty()) {
      return "no caps\n";
    }
    Table table =
        new Table("cap", "counts", ">at most", ">held", ">settled", ">available", "until");
    for (CapState state : states) {
      table.row(
          state.getCap().getCap(),
          counts(state.getCap()),
          Amounts.print(state.getCap().getAmount()),
          Amounts.number(state.getHeld()),
          Amounts.number(state.getSettled()),
          Amounts.number(state.getAvailable()),
          state.hasWindowEnd() ? Cells.time(state.getWindowEnd()) : "–");
    }
    return table.toString();
  }

  /** One as it is now. */
  public static String put(Cap cap) {
    return "caps/%s: at most %s per %s %s, of %s\n"
        .formatted(
            cap.getCap(),
            Amounts.print(cap.getAmount()),
            Cells.name(cap.getWindow(), "CAP_WINDOW_"),
            cap.getTimeZone(),
            counts(cap));
  }

  private static String counts(Cap cap) {
    List<String> conditions = new ArrayList<>();
    add(conditions, "model", cap.getModel());
    add(conditions, "tool", cap.getTool());
    add(conditions, "project", cap.getProject());
    if (conditions.isEmpty()) {
      conditions.add(cap.getNamedOnly() ? "calls" : "all calls");
    }
    if (cap.getNamedOnly()) {
      conditions.add("that name it");
    }
    if (cap.getDisabled()) {
      conditions.add("(disabled)");
    }
    return String.join(" ", conditions);
  }

  private static void add(List<String> conditions, String field, String value) {
    if (!value.isEmpty()) {
      conditions.add(field + " " + value);
    }
  }
}
