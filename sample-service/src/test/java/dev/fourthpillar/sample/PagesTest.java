package dev.fourthpillar.sample;

import static dev.fourthpillar.sample.Puts.list;
import static dev.fourthpillar.sample.Puts.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.sample.v1.ListPocketsResponse;
import dev.fourthpillar.sample.v1.Pocket;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists, page by page. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
final class PagesTest {
  private static final int MANY = 501;

  private static SampleServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server = SampleServer.start(database);
    fill("ada", MANY);
    fill("grace", 3);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPageHasTheSizeAskedForTheDefaultOrTheMaximum() {
    assertThat(page(0, "").getPocketsList()).hasSize(50);
    assertThat(page(1, "").getPocketsList()).hasSize(1);
    assertThat(page(500, "").getPocketsList()).hasSize(500);
    assertThat(page(501, "").getPocketsList()).hasSize(500);
    assertThat(page(Integer.MAX_VALUE, "").getPocketsList()).hasSize(500);
    Refusal refusal = Refusal.of(() -> page(-1, ""));
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(refusal.violatedFields()).isEqualTo("page_size");
  }

  @Test
  void pagesFollowEachOtherInOrderAndTheLastHasNoToken() {
    ListPocketsResponse first = page(500, "");
    ListPocketsResponse last = page(500, first.getNextPageToken());

    assertThat(names(first)).isSorted().doesNotHaveDuplicates();
    assertThat(names(last)).hasSize(1);
    assertThat(names(last).getFirst()).isGreaterThan(names(first).getLast());
    assertThat(last.getNextPageToken()).isEmpty();
  }

  @Test
  void aTokenOfAnotherEngineerIsRefused() {
    String tokenOfAda = page(2, "").getNextPageToken();

    Refusal refusal =
        Refusal.of(
            () -> server.pockets(server.finance()).listPockets(list("grace", 2, tokenOfAda)));

    assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusal.reason()).isEqualTo("PAGE_TOKEN_INVALID");
  }

  @Test
  void whatIsNoTokenIsRefused() {
    for (String garbage :
        List.of("x", "AAAA", "not base64!", page(2, "").getNextPageToken() + "A")) {
      assertThat(Refusal.of(() -> page(2, garbage)).reason()).isEqualTo("PAGE_TOKEN_INVALID");
    }
  }

  @Test
  void rowsThatComeWhileReadingNeitherHideNorRepeatOthers() {
    fill("lin", 40);
    List<String> before = names(listOf("lin", 500, ""));
    List<String> seen = new ArrayList<>();
    String token = "";
    int inserted = 0;
    do {
      ListPocketsResponse page = listOf("lin", 7, token);
      seen.addAll(names(page));
      token = page.getNextPageToken();
      // One before everything read so far, one behind everything.
      for (String name : List.of("a" + inserted, "z" + inserted)) {
        var _ = server.pockets(server.finance()).putInPocket(put("lin-in-" + name, "lin", name, 1));
      }
      inserted++;
    } while (!token.isEmpty() && inserted < 20);

    assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(before);
    assertThat(seen).noneMatch(name -> name.startsWith("a"));
  }

  @Test
  void anEngineerReadsOwnListOnly() {
    assertThat(
            server
                .pockets(server.engineer("grace"))
                .listPockets(list("grace", 0, ""))
                .getPocketsList())
        .hasSize(3);
    assertThat(
            Refusal.of(
                    () -> server.pockets(server.engineer("grace")).listPockets(list("ada", 0, "")))
                .reason())
        .isEqualTo("NOT_OWN_DATA");
  }

  private static ListPocketsResponse page(int size, String token) {
    return listOf("ada", size, token);
  }

  private static ListPocketsResponse listOf(String engineer, int size, String token) {
    return server.pockets(server.finance()).listPockets(list(engineer, size, token));
  }

  private static List<String> names(ListPocketsResponse page) {
    return page.getPocketsList().stream().map(Pocket::getPocket).toList();
  }

  /** Straight into the table: how they came there is of no interest here. */
  private static void fill(String engineer, int pockets) {
    server
        .database()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into pocket
                      (engineer, pocket, currency, balance_nanos, version, updated_at)
                    select ?, 'p' || lpad((i * 7919 % 1000)::text, 3, '0') || '-' || i,
                           'USD', 1, 1, now()
                    from generate_series(1, ?) i
                    """,
                    engineer, pockets));
  }
}
