package dev.fourthpillar.usage.pricebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.CommitmentUse;
import dev.fourthpillar.usage.v1.ComparePriceBooksRequest;
import dev.fourthpillar.usage.v1.ComparePriceBooksResponse;
import dev.fourthpillar.usage.v1.FieldCount;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookResponse;
import dev.fourthpillar.usage.v1.ListCommitmentsRequest;
import dev.fourthpillar.usage.v1.ListCommitmentsResponse;
import dev.fourthpillar.usage.v1.LiteLlmAccount;
import dev.fourthpillar.usage.v1.LiteLlmFile;
import dev.fourthpillar.usage.v1.MeterPrice;
import dev.fourthpillar.usage.v1.PriceBook;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc.PriceBookServiceBlockingStub;
import dev.fourthpillar.usage.v1.PutCommitmentRequest;
import dev.fourthpillar.usage.v1.RowChangeKind;
import dev.fourthpillar.usage.v1.SetNegotiatedRateRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Books that are brought in, looked at, and bettered by what the employer has agreed. */
@PostgresTest
class PriceBookServiceTest {
  private static final Path PUBLIC_FILE =
      Path.of("shared/data/litellm-model-prices-2026-08-06.json");

  private static final String LITELLM =
      """
      {"sample_spec": {"litellm_provider": "one of them", "max_tokens": "a number"},
       "nova-9": {"litellm_provider": "anthropic", "max_tokens": 8192.0,
         "input_cost_per_token": 1e-06, "output_cost_per_token": 1.0000000000000001e-05,
         "cache_read_input_token_cost": 0.0, "citation_cost_per_token": 2e-06},
       "nova-free": {"litellm_provider": "anthropic", "input_cost_per_token": 0.0,
         "output_cost_per_token": 0.0},
       "nova-open": {"litellm_provider": "anthropic", "mode": "chat"},
       "nova-odd": {"litellm_provider": "anthropic", "input_cost_per_token": 5.0}}
      """;

  private static World world;
  private static PriceBookServiceBlockingStub books;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database);
    books = TestBook.finance(world);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void theSeedPrices() {
    world.clear();
    TestBook.forget(world);
    world.person("ada", "US", "ada@example.com");
  }

  @Test
  void aLiteLlmFileBecomesABookAndItsAccountNamesEverything() {
    ImportPriceBookResponse imported = importLiteLlm(ByteString.copyFromUtf8(LITELLM));

    LiteLlmAccount account = imported.getLitellm();
    assertThat(account.getImportedCount()).isEqualTo(1);
    assertThat(account.getFreeCount()).isEqualTo(1);
    assertThat(account.getWithoutPriceCount()).isEqualTo(1);
    assertThat(account.getNotModelCount()).isEqualTo(1);
    assertThat(account.getRejectedModelsList())
        .singleElement()
        .satisfies(
            model -> {
              assertThat(model.getName()).isEqualTo("nova-odd");
              // 5 dollars a token.
              assertThat(model.getReason()).contains("5000000", "10000");
            });
    assertThat(account.getNotSupportedList())
        .extracting(FieldCount::getField)
        .containsExactly("citation_cost_per_token");
    assertThat(account.getZeroPricesList())
        .extracting(FieldCount::getField, FieldCount::getCount)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("cache_read_input_token_cost", 1));
    // 1.0000000000000001e-05 is 10.0000000000000001 per million; 12 decimals are kept.
    assertThat(account.getRoundedCount()).isEqualTo(1);
    assertThat(imported.getConfirmationRequired()).isTrue();
    assertThat(imported.getComparedWith()).isEqualTo("seed-list/1");

    activate(imported.getBook());
    world.report(Usages.call("req_1").model("nova-9"));
    world.report(Usages.call("req_2").model("nova-free"), Usages.call("req_3").model("nova-open"));
    // 1,000 × 1 + 200 × 10 per million; free is settled at nothing; what is open waits for a price.
    assertThat(world.charged()).isEqualTo(Map.of("ada", 3_000_000L));
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 2L, "UNPRICED", 1L));
  }

  @Test
  void whatChangesIsShownRowByRow() {
    TestBook.of("old", "2026-08-06T00:00:00Z")
        .model("anthropic", "a", "1", "2")
        .model("anthropic", "b", "1", "2")
        .activate(world);
    ImportPriceBookResponse imported =
        TestBook.of("new", "2026-08-06T00:00:00Z")
            .model("anthropic", "b", "1", "3")
            .model("anthropic", "c", "1", "2")
            .importTo(world);
    assertThat(imported.getConfirmationRequired()).isTrue();

    ComparePriceBooksRequest.Builder request =
        ComparePriceBooksRequest.newBuilder().setBookId("new/1").setPageSize(2);
    ComparePriceBooksResponse first = books.comparePriceBooks(request.build());
    ComparePriceBooksResponse second =
        books.comparePriceBooks(request.setPageToken(first.getNextPageToken()).build());

    assertThat(first.getChangesList())
        .extracting(change -> change.getModel() + " " + change.getKind())
        .containsExactly(
            "a " + RowChangeKind.ROW_CHANGE_KIND_DROPPED,
            "b " + RowChangeKind.ROW_CHANGE_KIND_CHANGED);
    assertThat(first.getChanges(1).getBeforeList())
        .extracting(price -> price.getMeter() + " " + price.getPricePerMillion().getValue())
        .containsExactlyInAnyOrder("input 1", "output 2");
    assertThat(first.getChanges(1).getAfterList())
        .extracting(price -> price.getMeter() + " " + price.getPricePerMillion().getValue())
        .containsExactlyInAnyOrder("input 1", "output 3");
    assertThat(second.getChangesList())
        .extracting(change -> change.getModel() + " " + change.getKind())
        .containsExactly("c " + RowChangeKind.ROW_CHANGE_KIND_ADDED);
    assertThat(second.getNextPageToken()).isEmpty();
  }

  /** As a watched ConfigMap changes it: no restart, and nothing where a value is wrong. */
  @Test
  void howMuchAnImportMayChangeUnseenChangesWhileTheServiceRuns() {
    TestBook.of("old", "2026-08-06T00:00:00Z")
        .model("anthropic", "a", "1", "2")
        .model("anthropic", "b", "1", "2")
        .activate(world);
    // Drops one row of two, and changes none.
    assertThat(withoutB("first").getConfirmationRequired()).isTrue();
    try {
      mayDrop("0.5");
      assertThat(withoutB("second").getConfirmationRequired()).isFalse();
      mayDrop("1.5");
      assertThat(withoutB("third").getConfirmationRequired()).as("refused: at most 1").isFalse();
      mayDrop("0.49");
      assertThat(withoutB("fourth").getConfirmationRequired()).isTrue();
    } finally {
      mayDrop("0.05");
    }
  }

  private static ImportPriceBookResponse withoutB(String book) {
    return TestBook.of(book, "2026-08-06T00:00:00Z")
        .model("anthropic", "a", "1", "2")
        .importTo(world);
  }

  private static void mayDrop(String share) {
    world.service().reconfigure(Map.of("fourthpillar.price-book.max-dropped-share", share));
  }

  @Test
  void aNegotiatedRateIsWhatTheEmployerPaysFromItsTimeOn() {
    PriceBook book = negotiate("claude-opus-4-5", "2", "10", Usages.AT);

    assertThat(book.getEmployerRowCount()).isEqualTo(1);
    world.report(Usages.call("req_1"), Usages.call("req_2").at(Usages.AT.minusSeconds(1)));
    // 1,000 × 2 + 200 × 10 per million = 0.004; a second before, the list price of 0.010.
    assertThat(employerNanos()).isEqualTo(4_000_000L + 10_000_000L);
    assertThat(world.charged()).isEqualTo(Map.of("ada", 20_000_000L));

    // Another model's rate leaves it, and an import keeps both where it says so.
    negotiate("claude-haiku-4-5", "0.5", "2", Usages.AT);
    ImportPriceBookResponse kept =
        books.importPriceBook(
            ImportPriceBookRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setListBookJson(
                    TestBook.of("next", Usages.AT.toString())
                        .model("anthropic", "claude-opus-4-5", "5", "25")
                        .json())
                .setKeepEmployerRates(true)
                .build());
    assertThat(kept.getBook().getEmployerRowCount()).isEqualTo(2);
    activate(kept.getBook());
    world.report(Usages.call("req_3"));
    assertThat(employerNanos()).isEqualTo(4_000_000L + 10_000_000L + 4_000_000L);
  }

  @Test
  void aCommitmentIsComparedWithWhatTheCallsOfItsSpanCost() {
    negotiate("claude-opus-4-5", "2", "10", Usages.AT);
    world.report(
        Usages.call("req_1"),
        Usages.call("req_2").model("no-such-model"),
        // The day before the first.
        Usages.call("req_3").at(Instant.parse("2026-11-19T23:59:59Z")));
    commit("100", "2026-11-20", "2026-11-20");

    CommitmentUse use = commitment();
    // 1,000 × 2 + 200 × 10 per million = 0.004.
    assertThat(World.dollars(use.getSpentAmount())).isEqualByComparingTo("0.004");
    assertThat(World.dollars(use.getUnspentAmount())).isEqualByComparingTo("99.996");
    assertThat(use.getUnpricedCount()).isEqualTo(1);
    assertThat(use.getCommitment().getAuthor()).isEqualTo("fin");

    // It is changed under its id; the day before costs the list price of 0.010.
    commit("0.010", "2026-11-19", "2026-11-20");
    assertThat(World.dollars(commitment().getSpentAmount())).isEqualByComparingTo("0.014");
    assertThat(World.dollars(commitment().getUnspentAmount())).isEqualByComparingTo("0");
    commit("0", "2026-11-19", "2026-11-20");
    assertThat(books.listCommitments(ListCommitmentsRequest.getDefaultInstance()))
        .isEqualTo(ListCommitmentsResponse.getDefaultInstance());
  }

  @Test
  void aCommitmentThatMakesNoSenseIsRefused() {
    assertThat(Refusal.of(() -> commit("1", "2026-11-20", "2026-11-19")).violatedFields())
        .isEqualTo("end_day");
    assertThat(Refusal.of(() -> commit("-1", "2026-11-20", "2026-11-20")).violatedFields())
        .isEqualTo("amount");
    assertThat(
            Refusal.of(
                    () ->
                        books.putCommitment(
                            commitment("1", "2026-11-20", "2026-11-20").toBuilder()
                                .setAmount(Money.newBuilder().setCurrencyCode("EUR").setUnits(1))
                                .build()))
                .reason())
        .isEqualTo("CURRENCY_MISMATCH");
  }

  private static CommitmentUse commitment() {
    return books
        .listCommitments(ListCommitmentsRequest.newBuilder().setProvider("anthropic").build())
        .getCommitments(0);
  }

  private static void commit(String dollars, String first, String last) {
    books.putCommitment(commitment(dollars, first, last));
  }

  private static PutCommitmentRequest commitment(String dollars, String first, String last) {
    long nanos = new BigDecimal(dollars).movePointRight(9).longValueExact();
    return PutCommitmentRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setCommitmentId("anthropic-2026")
        .setProvider("anthropic")
        .setAmount(MoneyMapper.toProto("USD", nanos))
        .setStartDay(DateMapper.toProto(LocalDate.parse(first)))
        .setEndDay(DateMapper.toProto(LocalDate.parse(last)))
        .setSource("contract 4711")
        .build();
  }

  @Test
  void wrongRequestsAreRefusedByName() {
    assertThatThrownBy(
            () ->
                books.importPriceBook(
                    ImportPriceBookRequest.newBuilder().setRequestId("r-1").build()))
        .hasMessageContaining("list_book_json");
    assertThatThrownBy(() -> importLiteLlm(ByteString.copyFromUtf8("{\"a\": 1, \"a\": 2}")))
        .hasMessageContaining("litellm.json");
    assertThatThrownBy(() -> negotiate("no-such-model", "1", "1", Usages.AT))
        .hasMessageContaining("model");
    assertThatThrownBy(() -> negotiate("claude-opus-4-5", "-1", "1", Usages.AT))
        .hasMessageContaining("prices");
    assertThatThrownBy(
            () -> negotiate("claude-opus-4-5", "1", "1", Instant.parse("2001-01-01T00:00:00Z")))
        .hasMessageContaining("no price book");
    assertThatThrownBy(
            () ->
                books.comparePriceBooks(
                    ComparePriceBooksRequest.newBuilder().setBookId("none/1").build()))
        .hasMessageContaining("NOT_FOUND");
  }

  /** Skipped where the file is absent: it is not part of the repository. */
  @Test
  void theWholePublicFileIsImportedAndEveryModelAccountedFor() throws IOException {
    Path file = publicFile();
    ImportPriceBookResponse imported = importLiteLlm(ByteString.copyFrom(Files.readAllBytes(file)));

    LiteLlmAccount account = imported.getLitellm();
    int entries = new com.fasterxml.jackson.databind.ObjectMapper().readTree(file.toFile()).size();
    assertThat(
            account.getImportedCount()
                + account.getFreeCount()
                + account.getWithoutPriceCount()
                + account.getRejectedCount()
                + account.getNotModelCount())
        .isEqualTo(entries);
    assertThat(imported.getBook().getRowCount())
        .isEqualTo(entries - account.getRejectedCount() - account.getNotModelCount());
    assertThat(account.getNotModelCount()).isEqualTo(2);
    activate(imported.getBook());
    assertThat(
            books
                .getPrice(
                    GetPriceRequest.newBuilder()
                        .setProvider("anthropic")
                        .setModel("claude-opus-4-5")
                        .setUsageTime(time(Usages.AT))
                        .build())
                .getBookId())
        .isEqualTo("public/1");
  }

  private static Path publicFile() {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      if (Files.isRegularFile(dir.resolve(PUBLIC_FILE))) {
        return dir.resolve(PUBLIC_FILE);
      }
    }
    assumeTrue(false, "skipped: no " + PUBLIC_FILE + " beside the repository");
    throw new IllegalStateException("an assumption that did not abort");
  }

  private static ImportPriceBookResponse importLiteLlm(ByteString json) {
    return books.importPriceBook(
        ImportPriceBookRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setLitellm(
                LiteLlmFile.newBuilder()
                    .setJson(json)
                    .setBookId("public")
                    .setVersion(1)
                    .setEffectiveTime(time(Instant.parse("2026-08-06T00:00:00Z")))
                    .setSource("the public file of 2026-08-06"))
            .build());
  }

  private static void activate(PriceBook book) {
    books.activatePriceBook(
        ActivatePriceBookRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setBookId(book.getBookId())
            .setConfirm(true)
            .build());
  }

  private static PriceBook negotiate(String model, String input, String output, Instant since) {
    return books
        .setNegotiatedRate(
            SetNegotiatedRateRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setProvider("anthropic")
                .setModel(model)
                .addPrices(price("input", input))
                .addPrices(price("output", output))
                .setEffectiveTime(time(since))
                .setSource("contract 4711")
                .build())
        .getBook();
  }

  private static MeterPrice price(String meter, String perMillion) {
    return MeterPrice.newBuilder()
        .setMeter(meter)
        .setPricePerMillion(Decimal.newBuilder().setValue(perMillion))
        .build();
  }

  private static long employerNanos() {
    return world
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select sum(employer_nanos) from settlement")
                    .mapTo(Long.class)
                    .one());
  }

  private static Timestamp time(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
