package dev.fourthpillar.pricing.litellm;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects, while a file is read, what its report or its refusal will say. */
final class Account {

  private final int maxProblems;
  private final List<String> problems = new ArrayList<>();
  private final TreeMap<String, FieldReport> fields = new TreeMap<>();
  private final TreeMap<String, Integer> zeroPrices = new TreeMap<>();
  private int roundedPrices;

  Account(int maxProblems) {
    this.maxProblems = maxProblems;
  }

  void problem(String problem) {
    if (problems.size() < maxProblems) {
      problems.add(problem);
    }
  }

  List<String> problems() {
    return problems;
  }

  /** A field that is used in one entry and not in another shows as not supported. */
  void field(String name, FieldUse use) {
    fields.merge(
        name,
        new FieldReport(use, 1),
        (a, b) ->
            new FieldReport(
                a.use() == FieldUse.NOT_SUPPORTED ? a.use() : b.use(), a.count() + b.count()));
  }

  void zeroPrice(String field) {
    zeroPrices.merge(field, 1, Integer::sum);
  }

  void rounded() {
    roundedPrices++;
  }

  ImportReport report(SortedMap<String, EntryOutcome> entries) {
    return new ImportReport(entries, fields, zeroPrices, roundedPrices);
  }
}
