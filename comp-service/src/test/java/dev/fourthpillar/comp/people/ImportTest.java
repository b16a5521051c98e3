package dev.fourthpillar.comp.people;

import static dev.fourthpillar.comp.CompServer.names;
import static dev.fourthpillar.comp.Requests.date;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.CompServer;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.comp.v1.ImportPeopleRequest;
import dev.fourthpillar.comp.v1.ImportPeopleResponse;
import dev.fourthpillar.comp.v1.ImportedPerson;
import dev.fourthpillar.comp.v1.ListEngineersRequest;
import dev.fourthpillar.comp.v1.RefusedField;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.type.v1.ErrorReason;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many people at once, over the wire. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class ImportTest {
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
  void whoIsRefusedStopsNobodyAndLeavesNothingBehind() {
    send("first", engineer("ada").addIdentities(mail("ada@example.com")));
    var response =
        send(
            "second",
            engineer("bea").setTeam("search"),
            // The address is Ada's; nothing of Cyd may stay, the other address neither.
            engineer("cyd")
                .addIdentities(mail("cyd@example.com"))
                .addIdentities(mail("ada@example.com")),
            engineer("dan").setTimeZone("Europe/Atlantis"),
            engineer("ada").addIdentities(mail("ada@example.com")).setTeam("search"),
            engineer("eve").addIdentities(mail("cyd@example.com")));

    assertThat(response.getPeopleList())
        .extracting(ImportedPerson::getEngineer)
        .containsExactly("bea", "cyd", "dan", "ada", "eve");
    assertThat(response.getPeopleList())
        .extracting(ImportedPerson::getEtag)
        .containsExactly("1", "", "", "2", "1");
    assertThat(response.getPeople(1).getRefusal().getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELDS);
    assertThat(response.getPeople(1).getRefusal().getFieldsList())
        .extracting(RefusedField::getField)
        .containsExactly("engineer.identities");
    assertThat(response.getPeople(2).getRefusal().getFieldsList())
        .extracting(RefusedField::getField)
        .containsExactly("engineer.time_zone");
    assertThat(recorded()).contains("ada", "bea", "eve").doesNotContain("cyd", "dan");
    assertThat(names(server.heard("ada", 2)))
        .containsExactly("EngineerChanged@1", "EngineerChanged@2");
  }

  @Test
  void theSameRequestHasTheSameAnswerAndTellsNobodyAgain() {
    var rows = new Engineer.Builder[] {engineer("fay"), engineer("gil").setCountry("XX")};
    var once = send("same", rows);

    assertThat(once.getPeople(1).hasRefusal()).isTrue();
    assertThat(send("same", rows)).isEqualTo(once);
    assertThat(names(server.heard("fay", 1))).containsExactly("EngineerChanged@1");
    assertThat(Refusal.of(() -> send("same", engineer("fay").setTeam("other"))).reason())
        .isEqualTo("ID_REUSED");
  }

  @Test
  void whatIsKnownAlreadyIsNoNews() {
    send("hal-1", engineer("hal"));

    assertThat(send("hal-2", engineer("hal")).getPeople(0).getEtag()).isEqualTo("1");
    assertThat(names(server.heard("hal", 1))).containsExactly("EngineerChanged@1");
  }

  @Test
  void aRowOfAnotherFormRefusesTheRequestWhichRecordsNothing() {
    var refused =
        Refusal.of(
            () ->
                send(
                    "wrong",
                    engineer("ida"),
                    engineer("Jon"),
                    engineer("kim").setCountry("sweden"),
                    engineer("kim").clearStartDate()));

    assertThat(refused.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(refused.violatedFields())
        .contains("engineers[1].engineer", "engineers[2].country", "engineers[3].start_date");
    assertThat(recorded()).doesNotContain("ida");

    assertThat(Refusal.of(() -> send("twice", engineer("leo"), engineer("leo"))).violatedFields())
        .isEqualTo("engineers[1].engineer");
    assertThat(Refusal.of(() -> send("none")).violatedFields()).isEqualTo("engineers");
    assertThat(Refusal.of(() -> send("many", many(1_001))).violatedFields()).isEqualTo("engineers");
  }

  /** In opposite orders: whoever locked as they come would wait for each other for ever. */
  @Test
  void importsOfTheSamePeopleAtTheSameTimeAreOneAfterTheOther() throws Exception {
    var there = many(60);
    var back = List.of(there).reversed().toArray(Engineer.Builder[]::new);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          Stream.<Callable<ImportPeopleResponse>>of(
                  () -> send("there", there), () -> send("back", back))
              .toList();
      for (var answer : threads.invokeAll(tasks)) {
        assertThat(answer.get().getPeopleList())
            .hasSize(60)
            .allSatisfy(person -> assertThat(person.getEtag()).isEqualTo("1"));
      }
    }
  }

  @Test
  void onlyHrAndServicesMayImport() {
    for (Role role : List.of(Role.FINANCE, Role.ENGINEER, Role.MANAGER)) {
      assertThat(
              Refusal.of(
                      () ->
                          server
                              .people(server.as(role))
                              .importPeople(request("no", engineer("mia"))))
                  .reason())
          .isEqualTo("ROLE_MISSING");
    }
  }

  private static List<String> recorded() {
    return server
        .people(server.hr())
        .listEngineers(ListEngineersRequest.newBuilder().setPageSize(500).build())
        .getEngineersList()
        .stream()
        .map(Engineer::getEngineer)
        .toList();
  }

  private static ImportPeopleResponse send(String requestId, Engineer.Builder... engineers) {
    return server.people(server.hr()).importPeople(request(requestId, engineers));
  }

  private static ImportPeopleRequest request(String requestId, Engineer.Builder... engineers) {
    return ImportPeopleRequest.newBuilder()
        .setRequestId(requestId)
        .addAllEngineers(Stream.of(engineers).map(Engineer.Builder::build).toList())
        .build();
  }

  private static Engineer.Builder[] many(int engineers) {
    return IntStream.range(0, engineers)
        .mapToObj(i -> engineer("many-%04d".formatted(i)))
        .toArray(Engineer.Builder[]::new);
  }

  private static Engineer.Builder engineer(String id) {
    return Engineer.newBuilder()
        .setEngineer(id)
        .setCountry("SE")
        .setTimeZone("Europe/Stockholm")
        .setCurrencyCode("SEK")
        .setStartDate(date("2024-01-01"));
  }

  private static Identity mail(String address) {
    return Identity.newBuilder()
        .setKind(IdentityKind.IDENTITY_KIND_EMAIL)
        .setValue(address)
        .build();
  }
}
