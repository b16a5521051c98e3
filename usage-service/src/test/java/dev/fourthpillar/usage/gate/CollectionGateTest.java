package dev.fourthpillar.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.events.v1.CollectionGateChanged;
import dev.fourthpillar.events.v1.CollectionGateState;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.CollectionGate;
import dev.fourthpillar.usage.v1.DocumentReference;
import dev.fourthpillar.usage.v1.GetCollectionGateRequest;
import dev.fourthpillar.usage.v1.PrivacyServiceGrpc;
import dev.fourthpillar.usage.v1.SetCollectionGateRequest;
import dev.fourthpillar.usage.v1.SetCollectionGateResponse;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may open and close the collection gate of a country, and what that changes. A call is 1,000
 * in and 200 out of Opus 4.5: 0.010 dollars. Each test has a country of its own.
 */
@PostgresTest
class CollectionGateTest {
  private static final long CALL = 10_000_000L;

  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void hrAndOperatorsSetGates(Role role) {
    BearerToken caller = world.service().as("tool", role);
    // Malta needs no works council.
    SetCollectionGateRequest open = open("MT", role.name()).build();

    if (role == Role.HR || role == Role.OPERATOR) {
      assertThat(set(caller, open).getGate().getState())
          .isEqualTo(CollectionGateState.COLLECTION_GATE_STATE_OPEN);
    } else {
      assertThat(Refusal.of(() -> set(caller, open)).code()).isEqualTo(Code.PERMISSION_DENIED);
    }
  }

  static Stream<Arguments> incomplete() {
    return Stream.of(
        Arguments.of("no country", open("", "r").build(), "country"),
        Arguments.of("no code of a country", open("Germany", "r").build(), "country"),
        Arguments.of("neither open nor closed", open("SE", "r").clearState().build(), "state"),
        Arguments.of("no request id", open("SE", "").build(), "request_id"),
        Arguments.of(
            "no impact assessment",
            open("SE", "r1").clearImpactAssessment().build(),
            "impact_assessment"),
        Arguments.of(
            "no works-council agreement where it is needed",
            open("DE", "r2").build(),
            "works_council_agreement"),
        Arguments.of(
            "a document without a name",
            open("SE", "r3").setImpactAssessment(document("")).build(),
            "impact_assessment.reference"),
        Arguments.of(
            "a day that is none",
            open("SE", "r4")
                .setImpactAssessment(
                    document("dpia-1").toBuilder()
                        .setDate(Date.newBuilder().setYear(2026).setMonth(2).setDay(30)))
                .build(),
            "impact_assessment.date"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("incomplete")
  void whatIsMissingIsNamedAndNothingChanges(
      String what, SetCollectionGateRequest request, String field) {
    Refusal refusal = Refusal.of(() -> set(hr(), request));

    assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(refusal.violatedFields()).isEqualTo(field);
    assertThat(get("SE", "2026-11-20T12:00:00Z").getState())
        .isEqualTo(CollectionGateState.COLLECTION_GATE_STATE_CLOSED);
    assertThat(get("DE", "2026-11-20T12:00:00Z").getState())
        .isEqualTo(CollectionGateState.COLLECTION_GATE_STATE_CLOSED);
  }

  @Test
  void theTimeOfTheCallDecides() {
    world.person("eva", "NL", "eva@example.com");
    CollectionGate opened =
        set(
                hr(),
                open("NL", "open-nl")
                    .setSince(time("2026-11-20T12:00:00Z"))
                    .setWorksCouncilAgreement(document("ondernemingsraad-7"))
                    .build())
            .getGate();
    world.report(
        at("nl-1", "2026-11-20T11:59:59Z").of("eva@example.com"),
        at("nl-2", "2026-11-20T12:00:00Z").of("eva@example.com"));

    // The call of a second before the opening is a pseudonym's, for ever.
    assertThat(chargedOf("NL")).isEqualTo(Map.of("eva", CALL, "a pseudonym", CALL));
    assertThat(get("NL", "2026-11-20T11:59:59Z"))
        .isEqualTo(
            CollectionGate.newBuilder()
                .setCountry("NL")
                .setState(CollectionGateState.COLLECTION_GATE_STATE_CLOSED)
                .build());
    assertThat(get("NL", "2026-11-20T12:00:00Z")).isEqualTo(opened);
    assertThat(opened.getSince()).isEqualTo(time("2026-11-20T12:00:00Z"));
    assertThat(opened.getImpactAssessment()).isEqualTo(document("dpia-1"));
    assertThat(opened.getWorksCouncilAgreement()).isEqualTo(document("ondernemingsraad-7"));
  }

  @Test
  void closingTakesWhatWasChargedSinceFromThePersonAndOpeningGivesNothingBack() {
    world.person("liv", "CA", "liv@example.com");
    world.report(
        at("ca-1", "2026-11-20T10:00:00Z").of("liv@example.com"),
        at("ca-2", "2026-11-20T12:00:00Z").of("liv@example.com"));
    assertThat(chargedOf("CA")).isEqualTo(Map.of("liv", 2 * CALL));

    set(hr(), close("CA", "close-ca").setSince(time("2026-11-20T11:00:00Z")).build());
    world.sweep();
    assertThat(chargedOf("CA")).isEqualTo(Map.of("liv", CALL, "a pseudonym", CALL));
    assertThat(world.listNanos("liv")).containsExactlyInAnyOrder(CALL, CALL, -CALL);

    set(hr(), open("CA", "open-ca").setSince(time("2026-11-20T11:00:00Z")).build());
    world.sweep();
    world.report(at("ca-3", "2026-11-20T13:00:00Z").of("liv@example.com"));
    assertThat(chargedOf("CA")).isEqualTo(Map.of("liv", 2 * CALL, "a pseudonym", CALL));
    assertThat(world.wrongSums()).isEmpty();
    assertThat(world.wrongUnits()).isEmpty();
  }

  @Test
  void aGateWithoutATimeChangesNow() {
    Instant before = Instant.now();
    CollectionGate closed = set(hr(), close("BR", "close-br").build()).getGate();

    assertThat(TimestampMapper.fromProto(closed.getSince())).isBetween(before, Instant.now());
    assertThat(get("BR", "2026-11-20T12:00:00Z").getState())
        .isEqualTo(CollectionGateState.COLLECTION_GATE_STATE_OPEN);
    assertThat(
            privacy(hr())
                .getCollectionGate(GetCollectionGateRequest.newBuilder().setCountry("BR").build())
                .getGate()
                .getState())
        .isEqualTo(CollectionGateState.COLLECTION_GATE_STATE_CLOSED);
  }

  @Test
  void theSameRequestHasTheSameOutcomeAndIsToldOnce() {
    SetCollectionGateRequest request = open("IT", "open-it").build();
    SetCollectionGateResponse first = set(hr(), request);

    assertThat(set(hr(), request)).isEqualTo(first);
    assertThat(
            Refusal.of(
                    () ->
                        set(
                            hr(),
                            request.toBuilder().setImpactAssessment(document("dpia-2")).build()))
                .reason())
        .isEqualTo("ID_REUSED");
    set(hr(), close("IT", "close-it").build());

    assertThat(told("IT"))
        .containsExactly(
            "1 COLLECTION_GATE_STATE_OPEN " + first.getGate().getSince().getSeconds(),
            "2 COLLECTION_GATE_STATE_CLOSED "
                + privacy(hr())
                    .getCollectionGate(
                        GetCollectionGateRequest.newBuilder().setCountry("IT").build())
                    .getGate()
                    .getSince()
                    .getSeconds());
  }

  private static SetCollectionGateRequest.Builder open(String country, String requestId) {
    return SetCollectionGateRequest.newBuilder()
        .setRequestId(requestId)
        .setCountry(country)
        .setState(CollectionGateState.COLLECTION_GATE_STATE_OPEN)
        .setImpactAssessment(document("dpia-1"));
  }

  private static SetCollectionGateRequest.Builder close(String country, String requestId) {
    return SetCollectionGateRequest.newBuilder()
        .setRequestId(requestId)
        .setCountry(country)
        .setState(CollectionGateState.COLLECTION_GATE_STATE_CLOSED);
  }

  private static DocumentReference document(String reference) {
    return DocumentReference.newBuilder()
        .setReference(reference)
        .setDate(Date.newBuilder().setYear(2026).setMonth(10).setDay(1))
        .build();
  }

  private static Usages at(String name, String time) {
    return Usages.call(name).at(Instant.parse(time));
  }

  private static BearerToken hr() {
    return world.service().as("hr", Role.HR);
  }

  private static PrivacyServiceGrpc.PrivacyServiceBlockingStub privacy(BearerToken caller) {
    return world.service().stub(PrivacyServiceGrpc::newBlockingStub, caller);
  }

  private static SetCollectionGateResponse set(
      BearerToken caller, SetCollectionGateRequest request) {
    return privacy(caller).setCollectionGate(request);
  }

  /** Anybody may know. */
  private static CollectionGate get(String country, String time) {
    return privacy(world.service().engineer("somebody"))
        .getCollectionGate(
            GetCollectionGateRequest.newBuilder().setCountry(country).setAsOf(time(time)).build())
        .getGate();
  }

  /** What is charged for calls whose name begins with the country. */
  private static Map<String, Long> chargedOf(String country) {
    return world
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select case when s.pseudonymous then 'a pseudonym' else s.engineer end as who,
                               sum(s.list_nanos) as nanos
                        from settlement s
                        where s.unit_id in (
                          select unit_id from unit_alias where id like lower(:country) || '-%')
                        group by 1 having sum(s.list_nanos) <> 0
                        """)
                    .bind("country", country)
                    .map((row, _) -> Map.entry(row.getString("who"), row.getLong("nanos")))
                    .stream()
                    .collect(
                        java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** What an auditor hears of a country. */
  private static List<String> told(String country) {
    return world.heard(Role.AUDITOR).stream()
        .filter(event -> event.getKey().equals(country))
        .map(
            event -> {
              try {
                CollectionGateChanged changed = event.getData().unpack(CollectionGateChanged.class);
                return "%d %s %d"
                    .formatted(
                        event.getVersion(), changed.getState(), changed.getSince().getSeconds());
              } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  private static Timestamp time(String instant) {
    return TimestampMapper.toProto(Instant.parse(instant));
  }
}
