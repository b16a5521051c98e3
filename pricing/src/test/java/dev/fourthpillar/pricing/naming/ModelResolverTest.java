package dev.fourthpillar.pricing.naming;

import static dev.fourthpillar.pricing.TestBooks.book;
import static dev.fourthpillar.pricing.TestBooks.dec;
import static dev.fourthpillar.pricing.TestBooks.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.naming.Resolution.Ambiguous;
import dev.fourthpillar.pricing.naming.Resolution.Resolved;
import dev.fourthpillar.pricing.naming.Resolution.Unknown;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelResolverTest {

  private static final PriceBook BOOK =
      book(
          at("anthropic", "claude-sonnet-4-5", "3"),
          at("anthropic", "claude-sonnet-4-5-20250929", "3"),
          at("anthropic", "claude-opus-4-20250514", "15"),
          at("openai", "gpt-5.4", "2.5"),
          at("openai", "gpt-4o-2024-05-13", "5"),
          at("openai", "gpt-4o-2024-08-06", "2.5"),
          at("openai", "o9-2026-01-01", "7"),
          at("openai", "o9-2026-02-01", "7"),
          at("openai", "ft:gpt-4o-2024-08-06", "3.75"),
          at("gemini", "gemini/gemini-2.5-flash", "0.3"),
          at("vertex_ai-language-models", "gemini-2.5-flash", "0.31"),
          at("vertex_ai-anthropic_models", "vertex_ai/claude-sonnet-4-5", "3.3"),
          at("azure", "azure/gpt-4o", "2.5"),
          at("azure", "azure/eu/gpt-4o", "2.75"),
          at("amazon_nova", "amazon-nova/nova-pro", "0.8"),
          at("mistral", "mistral/mistral-large-latest", "0.5"),
          at("mistral", "mistral/mistral-large-2512", "0.5"));

  private final ModelResolver resolver = new ModelResolver(BOOK);

  @Test
  void exactIdFirst() {
    found("anthropic", "claude-sonnet-4-5", ResolutionMethod.EXACT_ID, "claude-sonnet-4-5");
    found(
        "gemini", "gemini/gemini-2.5-flash", ResolutionMethod.EXACT_ID, "gemini/gemini-2.5-flash");
  }

  @Test
  void thenProviderAndId() {
    found(
        "gcp.gemini", "gemini-2.5-flash", ResolutionMethod.PROVIDER_ID, "gemini/gemini-2.5-flash");
    found(
        "gcp.vertex_ai",
        "claude-sonnet-4-5",
        ResolutionMethod.PROVIDER_ID,
        "vertex_ai/claude-sonnet-4-5");
    found("amazon_nova", "nova-pro", ResolutionMethod.PROVIDER_ID, "amazon-nova/nova-pro");
    found(
        "mistral_ai",
        "mistral-large-latest",
        ResolutionMethod.PROVIDER_ID,
        "mistral/mistral-large-latest");
  }

  @Test
  void anotherProvidersRowIsNeverTaken() {
    found("gcp.vertex_ai", "gemini-2.5-flash", ResolutionMethod.EXACT_ID, "gemini-2.5-flash");
    assertThat(resolver.resolve(ModelName.of("openai", "claude-sonnet-4-5")))
        .isInstanceOf(Unknown.class);
    assertThat(resolver.resolve(ModelName.of("fake", "claude-sonnet-4-5")))
        .isInstanceOf(Unknown.class);
    // No row for the US region: the price of another region would be a guess.
    assertThat(resolver.resolve(ModelName.of("azure.ai.openai", "us/gpt-4o")))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void thenADatedAliasInEitherDirection() {
    found("openai", "gpt-5.4-2026-03-05", ResolutionMethod.DATED_ALIAS, "gpt-5.4");
    found("openai", "gpt-5.4-latest", ResolutionMethod.DATED_ALIAS, "gpt-5.4");
    found("anthropic", "claude-opus-4", ResolutionMethod.DATED_ALIAS, "claude-opus-4-20250514");
    found(
        "anthropic",
        "claude-opus-4-latest",
        ResolutionMethod.DATED_ALIAS,
        "claude-opus-4-20250514");
    found("openai", "o9", ResolutionMethod.DATED_ALIAS, "o9-2026-02-01");
  }

  @Test
  void snapshotsWithDifferentPricesAreAmbiguousAndAnotherSnapshotIsUnknown() {
    assertThat(resolver.resolve(ModelName.of("openai", "gpt-4o")))
        .isInstanceOfSatisfying(
            Ambiguous.class,
            several ->
                assertThat(several.candidates())
                    .extracting(ModelKey::model)
                    .containsExactly("gpt-4o-2024-05-13", "gpt-4o-2024-08-06"));
    assertThat(resolver.resolve(ModelName.of("openai", "gpt-4o-2024-11-20")))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void thenADocumentedFamilyRule() {
    rule("anthropic", "claude-sonnet-4-5[1m]", "claude-context-suffix", "claude-sonnet-4-5");
    rule(
        "anthropic",
        "claude-sonnet-4-5-20250929[1m]",
        "claude-context-suffix",
        "claude-sonnet-4-5-20250929");
    rule("anthropic", "claude-sonnet-4.5", "claude-dotted-version", "claude-sonnet-4-5");
    rule("gemini", "models/gemini-2.5-flash", "gemini-resource-name", "gemini/gemini-2.5-flash");
    rule("openai", "ft:gpt-4o-2024-08-06:acme::x1", "openai-fine-tune", "ft:gpt-4o-2024-08-06");
    rule("anthropic", "anthropic/claude-sonnet-4-5", "provider-in-name", "claude-sonnet-4-5");
  }

  @Test
  void everyBuiltInRuleSaysWhy() {
    assertThat(FamilyRule.BUILT_IN)
        .allSatisfy(rule -> assertThat(rule.why()).hasSizeGreaterThan(20))
        .extracting(FamilyRule::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void withoutAProviderTheFullIdOrThePrefixDecides() {
    assertThat(resolver.resolve(ModelName.of("gpt-5.4")))
        .isInstanceOfSatisfying(
            Resolved.class, r -> assertThat(r.key()).isEqualTo(new ModelKey("openai", "gpt-5.4")));
    assertThat(resolver.resolve(ModelName.of("google/gemini-2.5-flash")))
        .isInstanceOfSatisfying(
            Resolved.class,
            r -> {
              assertThat(r.key().provider()).isEqualTo("gemini");
              assertThat(r.familyRule()).contains("provider-in-name");
            });
    assertThat(resolver.resolve(ModelName.of("claude-fake-1"))).isInstanceOf(Unknown.class);
  }

  @Test
  void twoProvidersWithOneIdAreAmbiguousOnlyIfTheyDiffer() {
    ModelResolver same = new ModelResolver(book(at("a", "m", "1"), at("b", "m", "1")));
    ModelResolver differ = new ModelResolver(book(at("a", "m", "1"), at("b", "m", "2")));

    assertThat(same.resolve(ModelName.of("m"))).isInstanceOf(Resolved.class);
    assertThat(differ.resolve(ModelName.of("m"))).isInstanceOf(Ambiguous.class);
  }

  @Test
  void aGatewaysNameCanBeMapped() {
    ModelResolver mapped =
        new ModelResolver(
            BOOK,
            ProviderNames.conventions().with("Our-Gateway", List.of("anthropic")),
            FamilyRule.BUILT_IN);

    assertThat(mapped.resolve(ModelName.of("our-gateway", "claude-sonnet-4-5")))
        .isInstanceOf(Resolved.class);
  }

  @Test
  void aProviderOfAnOwnBookMayHaveCapitals() {
    ModelResolver own = new ModelResolver(book(at("SelfHosted", "llama", "0.1")));

    assertThat(own.resolve(ModelName.of("SelfHosted", "llama"))).isInstanceOf(Resolved.class);
    assertThat(resolver.resolve(ModelName.of("OpenAI", "gpt-5.4"))).isInstanceOf(Resolved.class);
  }

  private void found(String provider, String model, ResolutionMethod method, String id) {
    assertThat(resolver.resolve(ModelName.of(provider, model)))
        .isInstanceOfSatisfying(
            Resolved.class,
            resolved -> {
              assertThat(resolved.key().model()).isEqualTo(id);
              assertThat(resolved.method()).isEqualTo(method);
              assertThat(resolved.familyRule()).isEmpty();
            });
  }

  private void rule(String provider, String model, String rule, String id) {
    assertThat(resolver.resolve(ModelName.of(provider, model)))
        .isInstanceOfSatisfying(
            Resolved.class,
            resolved -> {
              assertThat(resolved.key().model()).isEqualTo(id);
              assertThat(resolved.method()).isEqualTo(ResolutionMethod.FAMILY_RULE);
              assertThat(resolved.familyRule()).contains(rule);
            });
  }

  private static PriceRow at(String provider, String model, String price) {
    return row(provider, model).price(TokenMeter.INPUT, dec(price)).build();
  }
}
