package dev.fourthpillar.comp.people;

import static dev.fourthpillar.comp.CompServer.names;
import static dev.fourthpillar.comp.CompServer.payload;
import static dev.fourthpillar.comp.Requests.date;
import static dev.fourthpillar.comp.Requests.decimal;
import static dev.fourthpillar.comp.Requests.end;
import static dev.fourthpillar.comp.Requests.engineer;
import static dev.fourthpillar.comp.Requests.get;
import static dev.fourthpillar.comp.Requests.identity;
import static dev.fourthpillar.comp.Requests.list;
import static dev.fourthpillar.comp.Requests.put;
import static dev.fourthpillar.type.v1.IdentityKind.IDENTITY_KIND_EMAIL;
import static dev.fourthpillar.type.v1.IdentityKind.IDENTITY_KIND_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.CompServer;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.comp.v1.ListEngineersResponse;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.EngineerLeft;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who works here, over the wire, and what the suite hears of it. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class PeopleTest {
  private static CompServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server = CompServer.start(database);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anEngineerIsRecordedWithWhatIsMeantWhereNothingIsSaid() {
    Engineer recorded = send("ada-1", engineer("ada"));

    assertThat(recorded.toBuilder().clearUpdateTime().build())
        .isEqualTo(
            engineer("ada").toBuilder()
                .setFte(decimal("1"))
                .setDisplayName("ada")
                .setEtag("1")
                .build());
    assertThat(recorded.hasUpdateTime()).isTrue();
    assertThat(read("ada")).isEqualTo(recorded);
  }

  @Test
  void theSuiteHearsAllOfAPersonButTheName() {
    send(
        "bea-1",
        engineer("bea").toBuilder()
            .setFte(decimal("0.80"))
            .setDisplayName("Beatrice Holm")
            .addIdentities(identity(IDENTITY_KIND_USER, "Bea-7"))
            .addIdentities(identity(IDENTITY_KIND_EMAIL, "Bea@Example.com"))
            .build());
    send("bea-2", engineer("bea").toBuilder().setTeam("").setManager("").build());

    var heard = server.heard("bea", 2);

    assertThat(names(heard)).containsExactly("EngineerChanged@1", "EngineerChanged@2");
    assertThat(payload(heard.get(0), EngineerChanged.class))
        .isEqualTo(
            EngineerChanged.newBuilder()
                .setEngineer("bea")
                .setTeam("search")
                .setManager("grace")
                .setCountry("SE")
                .setTimeZone("Europe/Stockholm")
                .setCurrencyCode("SEK")
                .setFte(decimal("0.8"))
                .setStartDate(date("2024-01-01"))
                .addIdentities(identity(IDENTITY_KIND_EMAIL, "bea@example.com"))
                .addIdentities(identity(IDENTITY_KIND_USER, "Bea-7"))
                .build());
    assertThat(payload(heard.get(1), EngineerChanged.class))
        .isEqualTo(
            EngineerChanged.newBuilder()
                .setEngineer("bea")
                .setCountry("SE")
                .setTimeZone("Europe/Stockholm")
                .setCurrencyCode("SEK")
                .setFte(decimal("1"))
                .setStartDate(date("2024-01-01"))
                .build());
  }

  @Test
  void sayingTheSameAgainChangesNothing() {
    Engineer first = send("cyd-1", engineer("cyd"));

    assertThat(send("cyd-1", engineer("cyd"))).as("the same request").isEqualTo(first);
    assertThat(send("cyd-2", engineer("cyd"))).as("another request").isEqualTo(first);
    send("cyd-3", engineer("cyd").toBuilder().setTeam("infra").build());

    assertThat(names(server.heard("cyd", 2)))
        .containsExactly("EngineerChanged@1", "EngineerChanged@2");
  }

  @Test
  void theSameIdForSomethingElseIsRefused() {
    send("dee-1", engineer("dee"));

    Refusal refusal = refused("dee-1", engineer("dee").toBuilder().setTeam("infra").build());

    assertThat(refusal.code()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(refusal.reason()).isEqualTo("ID_REUSED");
    assertThat(refusal.metadata()).containsEntry("different_fields", "engineer.team");
  }

  @Test
  void anEtagGuardsAgainstOverwritingWhatOneHasNotRead() {
    Engineer read = send("eve-1", engineer("eve"));
    Engineer moved = send("eve-2", read.toBuilder().setTeam("infra").build());

    Refusal refusal = refused("eve-3", read.toBuilder().setTeam("growth").build());
    Refusal notThere = refused("evan-1", engineer("evan").toBuilder().setEtag("1").build());

    assertThat(moved.getEtag()).isEqualTo("2");
    assertThat(refusal.code()).isEqualTo(Code.ABORTED);
    assertThat(refusal.reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(refusal.metadata()).isEqualTo(Map.of("expected", "1", "actual", "2"));
    assertThat(notThere.metadata()).isEqualTo(Map.of("expected", "1", "actual", ""));
    assertThat(read("eve").getTeam()).isEqualTo("infra");
    assertThat(send("eve-4", engineer("eve")).getTeam()).as("without etag").isEqualTo("search");
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    Refusal refusal =
        refused(
            "flo-1",
            engineer("flo").toBuilder()
                .setCountry("QQ")
                .setTimeZone("Europe/Atlantis")
                .setCurrencyCode("XAU")
                .setFte(decimal("1.1"))
                .setStartDate(date("1949-12-31"))
                .addIdentities(identity(IDENTITY_KIND_EMAIL, "flo@example.com"))
                .addIdentities(identity(IDENTITY_KIND_EMAIL, "FLO@example.com"))
                .build());

    assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(refusal.violatedFields())
        .isEqualTo(
            "engineer.country, engineer.currency_code, engineer.fte, engineer.identities[1],"
                + " engineer.start_date, engineer.time_zone");
  }

  @Test
  void aPartOfAPersonIsAboveNothingAndHasFourDecimals() {
    for (String fte : List.of("0", "-0.5", "0.33333")) {
      assertThat(
              refused("gil-" + fte, engineer("gil").toBuilder().setFte(decimal(fte)).build())
                  .violatedFields())
          .as(fte)
          .isEqualTo("engineer.fte");
    }
    assertThat(
            send("gil-ok", engineer("gil").toBuilder().setFte(decimal("0.3333")).build())
                .getFte()
                .getValue())
        .isEqualTo("0.3333");
  }

  @Test
  void anIdentityIsOnePersonsAndIsFreeWhenTheyGiveItUp() {
    var shared = identity(IDENTITY_KIND_EMAIL, "team@example.com");
    send("hal-1", engineer("hal").toBuilder().addIdentities(shared).build());
    Engineer ida = engineer("ida").toBuilder().addIdentities(shared).build();

    Refusal refusal = refused("ida-1", ida);
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(refusal.violatedFields()).isEqualTo("engineer.identities");
    assertThat(refusal.toString()).as("whose or which").doesNotContain("hal", "team@example.com");
    assertThat(Refusal.of(() -> read("ida")).reason()).isEqualTo("NOT_FOUND");

    send("hal-2", engineer("hal"));
    assertThat(send("ida-2", ida).getIdentitiesList()).containsExactly(shared);
  }

  @Test
  void anEmploymentEndsAndTheEndMayMove() {
    send("joe-1", engineer("joe"));
    Engineer ended = ending("joe-2", "joe", "2026-06-30");
    assertThat(ending("joe-2", "joe", "2026-06-30")).isEqualTo(ended);
    assertThat(ending("joe-3", "joe", "2026-06-30")).as("nothing new").isEqualTo(ended);
    Engineer moved = ending("joe-4", "joe", "2026-07-31");

    assertThat(ended.getLastDay()).isEqualTo(date("2026-06-30"));
    assertThat(ended.getEtag()).isEqualTo("2");
    assertThat(read("joe")).isEqualTo(moved);
    var heard = server.heard("joe", 5);
    assertThat(names(heard))
        .containsExactly(
            "EngineerChanged@1",
            "EngineerChanged@2",
            "EngineerLeft@3",
            "EngineerChanged@4",
            "EngineerLeft@5");
    assertThat(payload(heard.get(3), EngineerChanged.class).getLastDay())
        .isEqualTo(date("2026-07-31"));
    assertThat(payload(heard.get(2), EngineerLeft.class))
        .isEqualTo(
            EngineerLeft.newBuilder().setEngineer("joe").setLastDay(date("2026-06-30")).build());
  }

  @Test
  void onlyTheEndOfAnEmploymentMovesItsEnd() {
    send("kim-1", engineer("kim"));
    Engineer ended = ending("kim-2", "kim", "2026-06-30");

    assertThat(send("kim-3", engineer("kim").toBuilder().setTeam("infra").build()).getLastDay())
        .as("kept")
        .isEqualTo(date("2026-06-30"));
    assertThat(send("kim-4", ended.toBuilder().setEtag("").setTeam("web").build()).getTeam())
        .isEqualTo("web");
    assertThat(
            refused("kim-5", engineer("kim").toBuilder().setLastDay(date("2026-07-01")).build())
                .violatedFields())
        .isEqualTo("engineer.last_day");
    assertThat(
            refused("kim-6", engineer("kim").toBuilder().setStartDate(date("2026-07-01")).build())
                .violatedFields())
        .isEqualTo("engineer.start_date");
  }

  @Test
  void anEndIsRefusedBeforeTheStartAndForNobody() {
    send("leo-1", engineer("leo"));

    assertThat(Refusal.of(() -> ending("leo-2", "leo", "2023-12-31")).violatedFields())
        .isEqualTo("last_day");
    assertThat(ending("leo-3", "leo", "2024-01-01").getLastDay()).isEqualTo(date("2024-01-01"));
    Refusal nobody = Refusal.of(() -> ending("nobody-1", "nobody", "2026-06-30"));
    assertThat(nobody.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(nobody.metadata())
        .isEqualTo(Map.of("resource_type", "engineer", "resource", "nobody"));
    assertThat(Refusal.of(() -> read("nobody")).reason()).isEqualTo("NOT_FOUND");
  }

  @Test
  void whoMayReadAndWhoMayWrite() {
    send("mia-1", engineer("mia"));

    for (Role role : List.of(Role.HR, Role.FINANCE, Role.AUDITOR, Role.SERVICE)) {
      assertThat(server.people(server.as(role)).getEngineer(get("mia")).hasEngineer()).isTrue();
    }
    assertThat(server.people(server.engineer("mia")).getEngineer(get("mia")).hasEngineer())
        .isTrue();
    assertThat(
            Refusal.of(() -> server.people(server.engineer("ned")).getEngineer(get("mia")))
                .reason())
        .isEqualTo("NOT_OWN_DATA");
    assertThat(
            Refusal.of(() -> server.people(server.engineer("mia")).listEngineers(list(0, "")))
                .reason())
        .isEqualTo("ROLE_MISSING");
    for (Role role : List.of(Role.MANAGER, Role.GATEWAY, Role.INGEST, Role.SUBSCRIBER)) {
      assertThat(Refusal.of(() -> server.people(server.as(role)).getEngineer(get("mia"))).reason())
          .isEqualTo("ROLE_MISSING");
    }
    assertThat(
            Refusal.of(
                    () ->
                        server.people(server.finance()).putEngineer(put("mia-2", engineer("mia"))))
                .reason())
        .isEqualTo("ROLE_MISSING");
    assertThat(
            Refusal.of(
                    () ->
                        server
                            .people(server.as(Role.SERVICE))
                            .endEmployment(end("mia-3", "mia", "2026-06-30")))
                .reason())
        .isEqualTo("ROLE_MISSING");
  }

  @Test
  void pagesGoThroughEverybody() {
    for (int i = 0; i < 5; i++) {
      send("page-" + i, engineer("zz-" + i));
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ListEngineersResponse page = server.people(server.hr()).listEngineers(list(2, token));
      assertThat(page.getEngineersCount()).isBetween(1, 2);
      page.getEngineersList().forEach(engineer -> seen.add(engineer.getEngineer()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(seen).isSorted().doesNotHaveDuplicates();
    assertThat(seen).contains("zz-0", "zz-1", "zz-2", "zz-3", "zz-4");
    assertThat(Refusal.of(() -> server.people(server.hr()).listEngineers(list(2, "x"))).reason())
        .isEqualTo("PAGE_TOKEN_INVALID");
  }

  @Test
  void manyChangesAtOnceKeepOneOrder() throws Exception {
    List<Callable<Engineer>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int number = i;
      calls.add(
          () ->
              send("oda-" + number, engineer("oda").toBuilder().setTeam("team-" + number).build()));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        call.get();
      }
    }

    var heard = server.heard("oda", 12);
    assertThat(heard)
        .extracting(event -> event.getVersion())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    assertThat(payload(heard.getLast(), EngineerChanged.class).getTeam())
        .isEqualTo(read("oda").getTeam());
  }

  private static Engineer send(String requestId, Engineer engineer) {
    return server.people(server.hr()).putEngineer(put(requestId, engineer)).getEngineer();
  }

  private static Refusal refused(String requestId, Engineer engineer) {
    return Refusal.of(() -> send(requestId, engineer));
  }

  private static Engineer ending(String requestId, String engineer, String lastDay) {
    return server
        .people(server.hr())
        .endEmployment(end(requestId, engineer, lastDay))
        .getEngineer();
  }

  private static Engineer read(String engineer) {
    return server.people(server.hr()).getEngineer(get(engineer)).getEngineer();
  }
}
