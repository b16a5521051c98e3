package dev.fourthpillar.pricing.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fourthpillar.pricing.book.BookHeader;
import dev.fourthpillar.pricing.book.InvalidPriceBookException;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the public LiteLLM price file. Prices there are USD per single unit; they become prices per
 * million, rounded half-even at 18 decimals per unit. What the file's fields mean is described in
 * docs/architecture/pricing.md.
 *
 * <p>A file that is malformed, or has a price that is negative or not a number, is refused as a
 * whole. A model that is well-formed and makes no sense is rejected alone, with its reason.
 */
public final class LiteLlmImporter {

  /** Most problems that are listed of one file. */
  public static final int MAX_PROBLEMS = 1_000;

  private static final Set<String> NOT_MODELS = Set.of("sample_spec", "fallback_generalizations");

  private LiteLlmImporter() {}

  /**
   * @param header of the book to make; its currency must be USD, as the file's prices are
   * @param in the file; read to its end, not closed
   * @throws IOException if the stream fails
   */
  public static LiteLlmImport read(BookHeader header, InputStream in) throws IOException {
    if (!header.currency().getCurrencyCode().equals("USD")) {
      throw new IllegalArgumentException("currency: " + header.currency() + " (expected: USD)");
    }
    ObjectNode root;
    try {
      root = StrictJson.readObject(in);
    } catch (StrictJson.MalformedException e) {
      return new LiteLlmImport.Refused(List.of(e.getMessage()));
    }
    Account account = new Account(MAX_PROBLEMS);
    List<PriceRow> rows = new ArrayList<>();
    TreeMap<String, EntryOutcome> entries = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      entries.put(entry.getKey(), outcome(header, entry.getKey(), entry.getValue(), account, rows));
    }
    if (!account.problems().isEmpty()) {
      return new LiteLlmImport.Refused(account.problems());
    }
    try {
      return new LiteLlmImport.Imported(PriceBook.of(header, rows), account.report(entries));
    } catch (InvalidPriceBookException e) {
      return new LiteLlmImport.Refused(e.problems());
    }
  }

  private static EntryOutcome outcome(
      BookHeader header, String id, JsonNode node, Account account, List<PriceRow> rows) {
    if (NOT_MODELS.contains(id)) {
      return new EntryOutcome.NotAModel();
    }
    if (!(node instanceof ObjectNode entry)) {
      account.problem(id + ": not an object");
      return new EntryOutcome.Rejected("not an object");
    }
    try {
      PriceRow row = new EntryReader(header.source(), id, entry, account).read();
      rows.add(row);
      return switch (row.status()) {
        case PRICED -> new EntryOutcome.Imported(row.key());
        case FREE -> new EntryOutcome.Free(row.key());
        case NO_PRICE -> new EntryOutcome.WithoutPrice(row.key());
      };
    } catch (IllegalArgumentException e) {
      return new EntryOutcome.Rejected(e.getMessage());
    }
  }
}
