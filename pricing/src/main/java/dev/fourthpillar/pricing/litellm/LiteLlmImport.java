package dev.fourthpillar.pricing.litellm;

import dev.fourthpillar.pricing.book.PriceBook;
import java.util.List;

/** The result of reading a file: a whole book, or nothing. */
public sealed interface LiteLlmImport {

  /** The book and the account of how it came about. */
  record Imported(PriceBook book, ImportReport report) implements LiteLlmImport {}

  /**
   * The file is refused as a whole.
   *
   * @param problems at least one, at most {@link LiteLlmImporter#MAX_PROBLEMS}
   */
  record Refused(List<String> problems) implements LiteLlmImport {

    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems: none (expected: >= 1)");
      }
    }
  }
}
