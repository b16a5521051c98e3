package dev.fourthpillar.usage.query;

import static dev.fourthpillar.usage.v1.UsageState.USAGE_STATE_SETTLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.Decimal;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import dev.fourthpillar.usage.emit.Ticks;
import dev.fourthpillar.usage.settle.SettlementRepository;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.AgentNode;
import dev.fourthpillar.usage.v1.GetAgentTreeRequest;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.ListRecordsRequest;
import dev.fourthpillar.usage.v1.ListUnattributedRequest;
import dev.fourthpillar.usage.v1.ListUnpricedRequest;
import dev.fourthpillar.usage.v1.MapIdentityRequest;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.QueryUsageRequest;
import dev.fourthpillar.usage.v1.UnmapIdentityRequest;
import dev.fourthpillar.usage.v1.UsageDimension;
import dev.fourthpillar.usage.v1.UsageFilter;
import dev.fourthpillar.usage.v1.UsageGroup;
import dev.fourthpillar.usage.v1.UsageInterval;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients ask and set. A call is 1,000 in and 200 out of Opus 4.5: 0.010 dollars. */
@PostgresTest
class QueryTest {
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

  @BeforeEach
  void adaIsKnown() {
    world.clear();
    world.person("ada", "US", "ada@example.com");
  }

  @Test
  void aMappingSettlesWhatWaitedAndItsEndTakesItBack() {
    world.report(Usages.call("req_1").of("who@example.com"));
    IdentityServiceGrpc.IdentityServiceBlockingStub identities =
        world
            .service()
            .stub(IdentityServiceGrpc::newBlockingStub, world.service().as("op", Role.OPERATOR));
    Identity who =
        Identity.newBuilder()
            .setKind(IdentityKind.IDENTITY_KIND_EMAIL)
            .setValue("Who@example.com")
            .build();
    assertThat(
            identities
                .listUnattributed(ListUnattributedRequest.getDefaultInstance())
                .getGroupsList())
        .singleElement()
        .satisfies(
            group ->
                assertThat(group.getClaimsList())
                    .extracting(Identity::getValue)
                    .containsExactly("who@example.com"));

    identities.mapIdentity(
        MapIdentityRequest.newBuilder()
            .setRequestId("map-1")
            .setIdentity(who)
            .setEngineer("ada")
            .build());
    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));

    identities.unmapIdentity(
        UnmapIdentityRequest.newBuilder().setRequestId("unmap-1").setIdentity(who).build());
    world.sweep();
    assertThat(world.charged()).isEmpty();
    assertThat(world.states()).isEqualTo(Map.of("UNATTRIBUTED", 1L));
  }

  @Test
  void aBookWithThePriceSettlesWhatHadNone() {
    world.report(Usages.call("req_1").model("nova-9"));
    PriceBookServiceGrpc.PriceBookServiceBlockingStub books =
        world
            .service()
            .stub(PriceBookServiceGrpc::newBlockingStub, world.service().as("fin", Role.FINANCE));
    assertThat(
            world
                .service()
                .stub(IdentityServiceGrpc::newBlockingStub, world.service().as("fin", Role.FINANCE))
                .listUnpriced(ListUnpricedRequest.getDefaultInstance())
                .getGroupsList())
        .singleElement()
        .satisfies(group -> assertThat(group.getModel()).isEqualTo("nova-9"));
    String json =
        """
        { "format": "fourthpillar.pricebook/1", "id": "list", "version": 7, "currency": "USD",
          "effectiveFrom": "2026-11-20T12:00:00Z", "source": "a test",
          "rows": [ { "provider": "anthropic", "model": "nova-9", "source": "a test",
            "prices": { "standard": { "0": { "input": "1", "output": "10" } } } } ] }
        """;

    boolean confirm =
        books
            .importPriceBook(
                ImportPriceBookRequest.newBuilder()
                    .setRequestId("import-1")
                    .setListBookJson(ByteString.copyFromUtf8(json))
                    .build())
            .getConfirmationRequired();
    assertThat(confirm).isTrue();
    books.activatePriceBook(
        ActivatePriceBookRequest.newBuilder()
            .setRequestId("activate-1")
            .setBookId("list/7")
            .setConfirm(true)
            .setEmployerDiscount(Decimal.newBuilder().setValue("0.5"))
            .build());
    world.sweep();

    // 1,000 × 1 + 200 × 10 per million = 0.003 dollars.
    assertThat(world.charged()).isEqualTo(Map.of("ada", 3_000_000L));
    assertThat(
            books
                .getPrice(
                    GetPriceRequest.newBuilder()
                        .setModel("claude-opus-4-5")
                        .setUsageTime(time("2026-11-20T11:59:59Z"))
                        .build())
                .getBookId())
        .isEqualTo("seed-list/1");
    world
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update price_book set activation = null, activated_at = null where book_id = 'list/7'"));
  }

  @Test
  void sumsAreByTimeZoneAndDimension() {
    world.report(
        Usages.call("req_1").at(Instant.parse("2026-11-20T22:30:00Z")),
        Usages.call("req_2").at(Instant.parse("2026-11-20T23:30:00Z")).model("nova-9"));

    List<UsageGroup> days =
        usage()
            .queryUsage(
                all()
                    .addGroupBy(UsageDimension.USAGE_DIMENSION_ENGINEER)
                    .setInterval(UsageInterval.USAGE_INTERVAL_DAY)
                    .setTimeZone("Europe/Stockholm")
                    .build())
            .getGroupsList();

    // In Stockholm the second call is of the 21st, which begins at 23:00 UTC.
    assertThat(days.stream().map(day -> Instant.ofEpochSecond(day.getIntervalStart().getSeconds())))
        .containsExactly(
            Instant.parse("2026-11-19T23:00:00Z"), Instant.parse("2026-11-20T23:00:00Z"));
    assertThat(days.stream().map(day -> World.nanos(day.getListAmount())))
        .containsExactly(CALL, 0L);
    assertThat(days.getLast().getStates(0).getState().name()).isEqualTo("USAGE_STATE_UNPRICED");
  }

  @Test
  void pagesGoOnWhereTheyEnded() {
    world.report(
        Usages.call("req_1"),
        Usages.call("req_2").model("nova-8"),
        Usages.call("req_3").model("nova-9"));
    QueryUsageRequest.Builder request =
        all().addGroupBy(UsageDimension.USAGE_DIMENSION_MODEL).setPageSize(2);

    var first = usage().queryUsage(request.build());
    var second = usage().queryUsage(request.setPageToken(first.getNextPageToken()).build());

    assertThat(first.getGroupsList())
        .extracting(UsageGroup::getModel)
        .containsExactly("claude-opus-4-5", "nova-8");
    assertThat(second.getGroupsList()).extracting(UsageGroup::getModel).containsExactly("nova-9");
    assertThat(second.getNextPageToken()).isEmpty();
    var records =
        usage()
            .listRecords(ListRecordsRequest.newBuilder().setEngineer("ada").setPageSize(2).build());
    assertThat(records.getRecordsCount()).isEqualTo(2);
    assertThat(
            usage()
                .listRecords(
                    ListRecordsRequest.newBuilder()
                        .setEngineer("ada")
                        .setPageSize(2)
                        .setPageToken(records.getNextPageToken())
                        .build())
                .getRecordsCount())
        .isEqualTo(1);
  }

  @Test
  void engineersSeeTheirOwnAndManagersNoPersonAndNoSmallGroup() {
    for (int i = 0; i < 7; i++) {
      world.member("e" + i, "US", "boss", "red", "e" + i + "@example.com");
      world.report(Usages.call("red_" + i).of("e" + i + "@example.com"));
    }
    world.member("f", "US", "boss", "blue", "f@example.com");
    world.report(Usages.call("blue").of("f@example.com"));
    var ada =
        world
            .service()
            .stub(UsageQueryServiceGrpc::newBlockingStub, world.service().engineer("ada"));
    var boss = boss();

    assertThat(
            ada.queryUsage(all().setFilter(UsageFilter.newBuilder().setEngineer("ada")).build())
                .getGroupsList())
        .isEmpty();
    assertThatThrownBy(() -> ada.queryUsage(all().build()))
        .isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(
            () ->
                boss.queryUsage(all().setFilter(UsageFilter.newBuilder().setEngineer("f")).build()))
        .isInstanceOf(StatusRuntimeException.class);
    var teams = boss.queryUsage(all().addGroupBy(UsageDimension.USAGE_DIMENSION_TEAM).build());
    // Blue is one person: with the sum of all, red would tell of it.
    assertThat(teams.getGroupsList()).isEmpty();
    assertThat(teams.getWithheldCount()).isEqualTo(2);
    assertThat(World.nanos(boss.queryUsage(all().build()).getGroups(0).getListAmount()))
        .isEqualTo(8 * CALL);
  }

  @Test
  void whatAnotherPageKeepsBackIsNotTheRestOfThisOne() {
    for (int i = 0; i < 7; i++) {
      calls("red", "e" + i, "claude-opus-4-5");
    }
    calls("red", "f", "nova-9");
    QueryUsageRequest.Builder models =
        all().addGroupBy(UsageDimension.USAGE_DIMENSION_MODEL).setPageSize(1);

    var first = boss().queryUsage(models.build());
    var second = boss().queryUsage(models.setPageToken(first.getNextPageToken()).build());

    // The sum of all is 8 calls: with the 7 of the first page, the second would be told.
    assertThat(first.getGroupsList()).isEmpty();
    assertThat(first.getWithheldCount()).isEqualTo(1);
    assertThat(first.getNextPageToken()).isNotEmpty();
    assertThat(second.getGroupsList()).isEmpty();
    assertThat(second.getWithheldCount()).isEqualTo(1);
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void onePersonInSevenGroupsIsOnePerson() {
    for (int i = 0; i < 7; i++) {
      calls("red", "e" + i, "claude-opus-4-5");
      calls("red", "f", "nova-" + i);
    }

    assertThat(shown(all().addGroupBy(UsageDimension.USAGE_DIMENSION_MODEL))).isEmpty();
  }

  @Test
  void enoughPeopleTogetherAreKeptBackAndTheOthersAreShown() {
    for (int i = 0; i < 7; i++) {
      calls("red", "e" + i, "claude-opus-4-5");
      calls(i < 3 ? "blue" : "green", "f" + i, "claude-opus-4-5");
    }

    assertThat(shown(all().addGroupBy(UsageDimension.USAGE_DIMENSION_TEAM)))
        .extracting(UsageGroup::getTeam)
        .containsExactly("red");
  }

  @Test
  void aPartOfASumThatCanBeAskedForIsNotTheRestOfIt() {
    for (int i = 0; i < 7; i++) {
      calls("red", "e" + i, "claude-opus-4-5");
    }
    calls("red", "e0", "nova-9");
    for (int i = 0; i < 6; i++) {
      calls("blue", "f" + i, "claude-opus-4-5");
    }

    // Seven people are kept back together, but of red's sum it would be one.
    assertThat(
            shown(
                all()
                    .addGroupBy(UsageDimension.USAGE_DIMENSION_TEAM)
                    .addGroupBy(UsageDimension.USAGE_DIMENSION_MODEL)))
        .isEmpty();
  }

  @Test
  void aFilterLeavesOutNobodyOrEnough() {
    for (int i = 0; i < 7; i++) {
      calls("red", "e" + i, "claude-opus-4-5");
    }
    calls("blue", "f0", "claude-opus-4-5");
    QueryUsageRequest.Builder red =
        all().setFilter(UsageFilter.newBuilder().setTeam("red").setModel("claude-opus-4-5"));

    // Of the sum of all it is what one person did not use.
    assertThat(shown(red)).isEmpty();

    for (int i = 1; i < 7; i++) {
      calls("blue", "f" + i, "claude-opus-4-5");
    }
    assertThat(shown(red)).hasSize(1);
    assertThat(shown(red.setFilter(red.getFilter().toBuilder().addStates(USAGE_STATE_SETTLED))))
        .hasSize(1);

    calls("red", "e0", "nova-9");
    assertThat(shown(red)).isEmpty();
  }

  /** A call of a person who reports to boss. */
  private static void calls(String team, String engineer, String model) {
    world.member(engineer, "US", "boss", team, engineer + "@example.com");
    world.report(Usages.call(team + engineer + model).of(engineer + "@example.com").model(model));
  }

  private static List<UsageGroup> shown(QueryUsageRequest.Builder asked) {
    return boss().queryUsage(asked.build()).getGroupsList();
  }

  private static UsageQueryServiceGrpc.UsageQueryServiceBlockingStub boss() {
    return world
        .service()
        .stub(
            UsageQueryServiceGrpc::newBlockingStub,
            new BearerToken(
                world
                    .service()
                    .token(new Caller("boss", Optional.of("boss"), Set.of(Role.MANAGER)))));
  }

  @Test
  void aSessionIsATreeOfAgents() {
    world.report(
        Usages.call("req_1"),
        Usages.call("req_2").agent("explore", "run-1", "main"),
        Usages.call("req_3").agent("grep", "run-2", "run-1"));

    AgentNode root =
        usage()
            .getAgentTree(
                GetAgentTreeRequest.newBuilder().setEngineer("ada").setSession("session-1").build())
            .getRoot();

    assertThat(root.getUnitCount()).isEqualTo(3);
    assertThat(World.nanos(root.getListAmount())).isEqualTo(3 * CALL);
    AgentNode main = root.getChildren(0).getChildren(0);
    assertThat(main.getUnitCount()).isEqualTo(3);
    assertThat(main.getChildren(0).getName()).isEqualTo("explore");
    assertThat(World.nanos(main.getChildren(0).getListAmount())).isEqualTo(2 * CALL);
    assertThat(main.getChildren(0).getChildren(0).getName()).isEqualTo("grep");
  }

  @Test
  void settlersThatDieOrRaceLeaveNoGapAndTellNothingTwice() throws Exception {
    List<Future<?>> ended = new ArrayList<>();
    try (ExecutorService settlers = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 40; i++) {
        world.report(Usages.call("req_" + i).at(Usages.AT.minusSeconds(60L * i)));
        int round = i;
        ended.add(settlers.submit(() -> Ticks.tick(world.service())));
        ended.add(
            settlers.submit(
                () ->
                    world
                        .jdbi()
                        .useHandle(
                            handle -> {
                              // Dies after everything was written and before it is committed.
                              handle.begin();
                              Ticks.settle(
                                  world.service(), handle, round % SettlementRepository.PARTITIONS);
                              handle.rollback();
                            })));
      }
    }
    for (Future<?> settler : ended) {
      settler.get();
    }

    var lines = world.lines("ada");
    assertThat(lines.stream().map(line -> line.getNumber()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, lines.size()).boxed().toList());
    assertThat(lines.stream().mapToLong(line -> World.nanos(line.getListAmount())).sum())
        .isEqualTo(40 * CALL);
  }

  private static UsageQueryServiceGrpc.UsageQueryServiceBlockingStub usage() {
    return world
        .service()
        .stub(UsageQueryServiceGrpc::newBlockingStub, world.service().as("fin", Role.FINANCE));
  }

  private static QueryUsageRequest.Builder all() {
    return QueryUsageRequest.newBuilder()
        .setStartTime(time("2026-11-01T00:00:00Z"))
        .setEndTime(time("2026-12-01T00:00:00Z"));
  }

  private static Timestamp time(String instant) {
    return Timestamp.newBuilder().setSeconds(Instant.parse(instant).getEpochSecond()).build();
  }
}
