package dev.fourthpillar.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fourthpillar.cli.replay.Totals.Model;
import dev.fourthpillar.cli.table.Table;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Totals for people and for programs. */
final class TotalsPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Kind> KINDS =
      List.of(
          new Kind("requests", Model::requests),
          new Kind("input", Model::input),
          new Kind("cacheRead", Model::cacheRead),
          new Kind("cacheWrite", Model::cacheWrite),
          new Kind("output", Model::output),
          new Kind("reasoning", Model::reasoning));

  private TotalsPrinter() {}

  private record Kind(String name, ToLongFunction<Model> count) {}

  static String table(Totals totals) {
    Table table =
        new Table(
            "model",
            ">requests",
            ">input",
            ">cache read",
            ">cache write",
            ">output",
            ">of it reasoning");
    totals.byModel().forEach((name, model) -> table.row(row(name, model)));
    return table.toString();
  }

  private static Object[] row(String name, Model model) {
    Object[] cells = new Object[KINDS.size() + 1];
    cells[0] = name;
    for (int i = 0; i < KINDS.size(); i++) {
      cells[i + 1] = String.format(Locale.ROOT, "%,d", KINDS.get(i).count().applyAsLong(model));
    }
    return cells;
  }

  /**
   * Sums by model and over all models, with the same names as a capture's {@code expected.json}:
   * kinds that do not overlap, and reasoning as a part of the output; and in {@code meters} what
   * the service itself calls them.
   */
  static String json(Totals totals, int exports, List<String> warnings) {
    ObjectNode root = JSON.createObjectNode();
    root.put("exports", exports);
    warnings.forEach(root.putArray("warnings")::add);
    ObjectNode byModel = root.putObject("byModel");
    totals
        .byModel()
        .forEach(
            (name, model) -> {
              ObjectNode node = byModel.putObject(name);
              KINDS.forEach(kind -> node.put(kind.name(), kind.count().applyAsLong(model)));
              ObjectNode meters = node.putObject("meters");
              model.meters().forEach(meters::put);
            });
    ObjectNode total = root.putObject("total");
    for (Kind kind : KINDS) {
      total.put(
          kind.name(),
          totals.byModel().values().stream().mapToLong(kind.count()).reduce(0, Math::addExact));
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts can be written", e);
    }
  }
}
