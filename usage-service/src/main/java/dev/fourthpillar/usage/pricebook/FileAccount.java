package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.pricing.litellm.EntryOutcome;
import dev.fourthpillar.pricing.litellm.FieldUse;
import dev.fourthpillar.pricing.litellm.ImportReport;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a LiteLLM file, as it is told.
 *
 * @param rejectedModels by name, with the reason; at most {@link #MAX_REJECTED}
 * @param notSupported by field, in how many models
 * @param zeroPrices by field, in how many models that charge for something else
 */
record FileAccount(
    int imported,
    int free,
    int withoutPrice,
    int rejected,
    int notModels,
    SortedMap<String, String> rejectedModels,
    SortedMap<String, Integer> notSupported,
    SortedMap<String, Integer> zeroPrices,
    int rounded) {

  static final int MAX_REJECTED = 1_000;

  static FileAccount of(ImportReport report) {
    SortedMap<String, String> rejected = new TreeMap<>();
    report
        .entries()
        .forEach(
            (name, outcome) -> {
              if (outcome instanceof EntryOutcome.Rejected(String reason)
                  && rejected.size() < MAX_REJECTED) {
                rejected.put(name, reason);
              }
            });
    return new FileAccount(
        count(report, EntryOutcome.Imported.class),
        count(report, EntryOutcome.Free.class),
        count(report, EntryOutcome.WithoutPrice.class),
        count(report, EntryOutcome.Rejected.class),
        count(report, EntryOutcome.NotAModel.class),
        rejected,
        report.fields(FieldUse.NOT_SUPPORTED),
        report.zeroPrices(),
        report.roundedPrices());
  }

  private static int count(ImportReport report, Class<? extends EntryOutcome> outcome) {
    return Math.toIntExact(report.count(outcome));
  }
}
