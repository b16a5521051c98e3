package dev.fourthpillar.cli.usage;

import dev.fourthpillar.cli.budget.Cells;
import dev.fourthpillar.cli.pay.Amounts;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.usage.v1.FieldCount;
import dev.fourthpillar.usage.v1.GetPriceResponse;
import dev.fourthpillar.usage.v1.ImportPriceBookResponse;
import dev.fourthpillar.usage.v1.LiteLlmAccount;
import dev.fourthpillar.usage.v1.MeterPrice;
import dev.fourthpillar.usage.v1.PreviewRepriceResponse;
import dev.fourthpillar.usage.v1.PriceBook;
import dev.fourthpillar.usage.v1.RepriceGroup;
import dev.fourthpillar.usage.v1.RepriceSums;
import dev.fourthpillar.usage.v1.Repricing;
import dev.fourthpillar.usage.v1.RowChange;
import java.util.List;
import java.util.stream.Collectors;

/** Price books and re-pricings as text. */
public final class PricesText {
  /** Rejected models that are named; the report of the service has more. */
  private static final int MAX_REJECTED = 20;

  private PricesText() {}

  public static String books(List<PriceBook> books) {
    Table table =
        new Table("book", "from", ">models", ">own rates", "discount", "active since", "source");
    for (PriceBook book : books) {
      table.row(
          book.getBookId(),
          Cells.time(book.getEffectiveTime()),
          "%,d".formatted(book.getRowCount()),
          book.getEmployerRowCount(),
          book.hasEmployerDiscount() ? book.getEmployerDiscount().getValue() : "",
          book.hasActivateTime() ? Cells.time(book.getActivateTime()) : "(not)",
          book.getSource());
    }
    return table.toString();
  }

  public static String price(GetPriceResponse price) {
    Table table = new Table("meter", "service tier", ">from prompt of", ">per million");
    for (MeterPrice one : price.getPricesList()) {
      table.row(
          one.getMeter(),
          one.getServiceTier(),
          "%,d".formatted(one.getPromptThreshold()),
          one.getPricePerMillion().getValue() + " " + price.getCurrencyCode());
    }
    return "%s/%s of %s, found by %s\n\n%s"
        .formatted(
            price.getProvider(), price.getModel(), price.getBookId(), price.getResolution(), table);
  }

  public static String imported(ImportPriceBookResponse imported) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %,d models\n"
            .formatted(imported.getBook().getBookId(), imported.getBook().getRowCount()));
    if (imported.hasLitellm()) {
      account(text, imported.getLitellm());
    }
    text.append(
        "%,d added, %,d dropped, %,d changed%s\n"
            .formatted(
                imported.getAddedCount(),
                imported.getDroppedCount(),
                imported.getChangedCount(),
                imported.getComparedWith().isEmpty()
                    ? ""
                    : " beside " + imported.getComparedWith()));
    text.append(
        imported.getConfirmationRequired()
            ? "That is much. Look at it: fp prices compare %s\nThen: fp prices activate %s --confirm\n"
                .formatted(imported.getBook().getBookId(), imported.getBook().getBookId())
            : "Prices nothing yet. Next: fp prices activate %s\n"
                .formatted(imported.getBook().getBookId()));
    return text.toString();
  }

  private static void account(StringBuilder text, LiteLlmAccount account) {
    text.append(
        """
        of the file: %,d with prices, %,d free, %,d without a price, %,d rejected, %,d no models
        """
            .formatted(
                account.getImportedCount(),
                account.getFreeCount(),
                account.getWithoutPriceCount(),
                account.getRejectedCount(),
                account.getNotModelCount()));
    account.getRejectedModelsList().stream()
        .limit(MAX_REJECTED)
        .forEach(
            model ->
                text.append("  rejected: %s: %s\n".formatted(model.getName(), model.getReason())));
    fields(text, "not supported", account.getNotSupportedList());
    fields(text, "a price of 0", account.getZeroPricesList());
    if (account.getRoundedCount() > 0) {
      text.append("  rounded to 18 decimals: %,d prices\n".formatted(account.getRoundedCount()));
    }
  }

  private static void fields(StringBuilder text, String what, List<FieldCount> fields) {
    fields.forEach(
        field ->
            text.append(
                "  %s: %s, in %,d models\n".formatted(what, field.getField(), field.getCount())));
  }

  public static String changes(List<RowChange> changes) {
    if (changes.isEmpty()) {
      return "nothing differs\n";
    }
    Table table = new Table("what", "provider", "model", "before", "after");
    changes.forEach(
        change ->
            table.row(
                Cells.name(change.getKind(), "ROW_CHANGE_KIND_"),
                change.getProvider(),
                change.getModel(),
                prices(change.getBeforeList()),
                prices(change.getAfterList())));
    return table.toString();
  }

  /** The usual prices; all of them are in {@code fp prices get}. */
  private static String prices(List<MeterPrice> prices) {
    return prices.stream()
        .filter(price -> price.getServiceTier().equals("standard"))
        .filter(price -> price.getPromptThreshold() == 0)
        .map(price -> price.getMeter() + " " + price.getPricePerMillion().getValue())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  public static String preview(PreviewRepriceResponse preview) {
    StringBuilder text = new StringBuilder();
    RepriceSums total = preview.getTotal();
    text.append(
        "%,d calls have a price, %,d of them another one.\n"
            .formatted(total.getUnitCount(), total.getChangedCount()));
    if (preview.getNoLongerPricedCount() > 0) {
      text.append(
          "%,d calls would have none, and keep theirs.\n"
              .formatted(preview.getNoLongerPricedCount()));
    }
    if (total.getUnitCount() == 0) {
      return text.toString();
    }
    Table table =
        new Table("", ">calls", ">changed", ">list before", ">after", ">employer before", ">after");
    sums(table, "total", total);
    preview.getEngineersList().forEach(group -> sums(table, engineer(group), group.getSums()));
    preview
        .getModelsList()
        .forEach(
            group -> sums(table, group.getProvider() + "/" + group.getModel(), group.getSums()));
    text.append('\n').append(table);
    int hidden =
        preview.getEngineerCount()
            - preview.getEngineersCount()
            + preview.getModelCount()
            - preview.getModelsCount();
    return hidden == 0 ? text.toString() : text + "and %,d more\n".formatted(hidden);
  }

  private static String engineer(RepriceGroup group) {
    return group.getEngineer().isEmpty() ? "(nobody)" : group.getEngineer();
  }

  private static void sums(Table table, String what, RepriceSums sums) {
    table.row(
        what,
        "%,d".formatted(sums.getUnitCount()),
        "%,d".formatted(sums.getChangedCount()),
        Amounts.print(sums.getListBefore()),
        Amounts.number(sums.getListAfter()),
        Amounts.number(sums.getEmployerBefore()),
        Amounts.number(sums.getEmployerAfter()));
  }

  public static String repricing(Repricing repricing) {
    String changed =
        repricing.hasListChange()
            ? "%,d calls, list %s, employer %s"
                .formatted(
                    repricing.getChangedCount(),
                    Amounts.print(repricing.getListChange()),
                    Amounts.print(repricing.getEmployerChange()))
            : "%,d calls".formatted(repricing.getChangedCount());
    return "%s: %s, %s (%s)\n"
        .formatted(
            repricing.getRepricingId(),
            Cells.name(repricing.getState(), "REPRICING_STATE_"),
            changed,
            repricing.getReason());
  }
}
