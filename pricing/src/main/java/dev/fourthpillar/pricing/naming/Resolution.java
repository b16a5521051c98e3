package dev.fourthpillar.pricing.naming;

import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceRow;
import java.util.List;
import java.util.Optional;

/** What a reported (provider, model) turned out to be. */
public sealed interface Resolution {

  ModelName asked();

  /**
   * Found.
   *
   * @param familyRule name of the rule, present exactly for FAMILY_RULE
   */
  record Resolved(
      ModelName asked, PriceRow row, ResolutionMethod method, Optional<String> familyRule)
      implements Resolution {

    public Resolved {
      if ((method == ResolutionMethod.FAMILY_RULE) != familyRule.isPresent()) {
        throw new IllegalArgumentException("familyRule: " + familyRule + " with " + method);
      }
    }

    public ModelKey key() {
      return row.key();
    }
  }

  /** No row fits: UNPRICED. */
  record Unknown(ModelName asked) implements Resolution {}

  /** Several rows with different prices fit equally well; choosing one would invent a rate. */
  record Ambiguous(ModelName asked, List<ModelKey> candidates) implements Resolution {

    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }
}
