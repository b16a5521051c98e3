package dev.fourthpillar.pricing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The public LiteLLM file beside the repository; it is not part of it, so it may be absent. */
public final class PublicPriceFile {

  private static final Path PLACE = Path.of("shared/data/litellm-model-prices-2026-08-06.json");

  private PublicPriceFile() {}

  /** The file; where it is absent the calling test is skipped with a message. */
  public static Path orSkip() {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path file = dir.resolve(PLACE);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    assumeTrue(false, "skipped: no " + PLACE + " beside the repository");
    throw new IllegalStateException("an assumption that did not abort");
  }
}
