package dev.fourthpillar.comp.packages;

import static dev.fourthpillar.comp.CompServer.names;
import static dev.fourthpillar.comp.CompServer.payload;
import static dev.fourthpillar.comp.Requests.date;
import static dev.fourthpillar.comp.Requests.decimal;
import static dev.fourthpillar.comp.Requests.end;
import static dev.fourthpillar.comp.Requests.engineer;
import static dev.fourthpillar.comp.Requests.money;
import static dev.fourthpillar.comp.Requests.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.CompServer;
import dev.fourthpillar.comp.v1.AddEquityGrantRequest;
import dev.fourthpillar.comp.v1.Allocation;
import dev.fourthpillar.comp.v1.Base;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.EquityGrant;
import dev.fourthpillar.comp.v1.GetPackageRequest;
import dev.fourthpillar.comp.v1.ListPackagesRequest;
import dev.fourthpillar.comp.v1.ListPackagesResponse;
import dev.fourthpillar.comp.v1.PackageRecord;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import dev.fourthpillar.comp.v1.PutTokenBudgetRequest;
import dev.fourthpillar.comp.v1.SharePrice;
import dev.fourthpillar.comp.v1.TargetBonus;
import dev.fourthpillar.comp.v1.TokenBudget;
import dev.fourthpillar.comp.v1.TokenPortability;
import dev.fourthpillar.comp.v1.TokenQuantities;
import dev.fourthpillar.comp.v1.TokenQuantityLine;
import dev.fourthpillar.comp.v1.Treatment;
import dev.fourthpillar.comp.v1.VestSchedule;
import dev.fourthpillar.events.v1.EntitlementRecurrence;
import dev.fourthpillar.events.v1.EntitlementSegment;
import dev.fourthpillar.events.v1.PackageChanged;
import dev.fourthpillar.events.v1.PortabilityRow;
import dev.fourthpillar.events.v1.TokenBudgetEntitled;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Packages over the wire: by effect and by knowledge, and what the suite hears of them. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class PackagesTest {
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
  void aPackageIsRecordedAsItWasSentAndReadAgain() {
    employ("ada");

    PackageRecord recorded = record("ada-1", "ada", "", halfOfBase("500000"));

    assertThat(recorded.getEngineer()).isEqualTo("ada");
    assertThat(recorded.getEffectiveDate()).as("its start").isEqualTo(date("2026-01-01"));
    assertThat(recorded.getPackage()).isEqualTo(halfOfBase("500000"));
    assertThat(recorded.getPackageId()).hasSize(36);
    assertThat(record("ada-1", "ada", "", halfOfBase("500000"))).isEqualTo(recorded);
    assertThat(read("ada", "2026-01-01")).isEqualTo(recorded);
    assertThat(read("ada", "2040-01-01")).isEqualTo(recorded);
    assertThat(
            server
                .packages(server.hr())
                .getPackage(GetPackageRequest.newBuilder().setEngineer("ada").build())
                .getRecord())
        .as("today")
        .isEqualTo(recorded);
  }

  @Test
  void aRowFromBeforePackagesWereKeptEncodedSaysTheSame() {
    employ("abe");
    PackageRecord recorded = record("abe-1", "abe", "", halfOfBase("500000"));

    int rows =
        server
            .database()
            .withHandle(
                handle ->
                    handle.execute(
                        "update package_record set encoded = null where engineer = 'abe'"));

    assertThat(rows).isOne();
    assertThat(read("abe", "2026-01-01")).isEqualTo(recorded);
  }

  @Test
  void whatCountsDependsOnTheDayAndOnWhatWasKnown() {
    employ("bea");
    PackageRecord january = record("bea-1", "bea", "", halfOfBase("100000"));
    PackageRecord july = record("bea-2", "bea", "2026-07-01", halfOfBase("120000"));
    PackageRecord march = record("bea-3", "bea", "2026-03-01", halfOfBase("110000"));
    PackageRecord corrected = record("bea-4", "bea", "2026-07-01", halfOfBase("130000"));

    assertThat(read("bea", "2026-02-28")).isEqualTo(january);
    assertThat(read("bea", "2026-03-01")).isEqualTo(march);
    assertThat(read("bea", "2026-06-30"))
        .as("recorded later, but for earlier days")
        .isEqualTo(march);
    assertThat(read("bea", "2026-07-01")).isEqualTo(corrected);
    assertThat(read("bea", "2026-03-01", july.getRecordTime())).isEqualTo(january);
    assertThat(read("bea", "2026-07-01", july.getRecordTime())).isEqualTo(july);
    assertThat(read("bea", "2026-07-01", march.getRecordTime())).isEqualTo(july);
    assertThat(read("bea", "2026-07-01", january.getRecordTime())).isEqualTo(january);
    Refusal before = Refusal.of(() -> read("bea", "2025-12-31"));
    assertThat(before.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(before.reason()).isEqualTo("NOT_RECORDED");
    assertThat(before.metadata()).isEqualTo(Map.of("missing", "package", "field", "as_of_date"));
    Timestamp justBefore =
        january.getRecordTime().toBuilder()
            .setSeconds(january.getRecordTime().getSeconds() - 1)
            .build();
    assertThat(Refusal.of(() -> read("bea", "2026-07-01", justBefore)).reason())
        .isEqualTo("NOT_RECORDED");
  }

  @Test
  void theLedgerHearsAnAmountAndNeitherSalaryNorPercentage() {
    employ("cyd");
    employ("dan");
    record("cyd-1", "cyd", "", percent("500000", "50"));
    record("dan-1", "dan", "", percent("250000", "100"));

    var cyd = server.heard("cyd", 3);
    var dan = server.heard("dan", 3);

    assertThat(names(cyd))
        .containsExactly("EngineerChanged@1", "PackageChanged@2", "TokenBudgetEntitled@3");
    assertThat(payload(cyd.get(1), PackageChanged.class))
        .isEqualTo(
            PackageChanged.newBuilder()
                .setEngineer("cyd")
                .setEffectiveFrom(date("2026-01-01"))
                .build());
    TokenBudgetEntitled entitled = payload(cyd.get(2), TokenBudgetEntitled.class);
    assertThat(entitled)
        .isEqualTo(
            TokenBudgetEntitled.newBuilder()
                .setEngineer("cyd")
                .setAuthor("tool-HR")
                .addSegments(annual("2026-01-01", "250000", "USD"))
                .build());
    assertThat(
            payload(dan.get(2), TokenBudgetEntitled.class).toBuilder()
                .setEngineer("cyd")
                .build()
                .toByteString())
        .isEqualTo(entitled.toByteString());
  }

  @Test
  void theWholeTimelineIsToldWheneverItChangesAndOnlyThen() {
    employ("eve");
    record("eve-1", "eve", "", percent("200000", "50"));
    // A bonus is nobody else's business.
    record(
        "eve-2",
        "eve",
        "2026-03-01",
        percent("200000", "50").toBuilder()
            .setTargetBonus(TargetBonus.newBuilder().setPercentOfBase(decimal("10")))
            .build());
    record("eve-3", "eve", "2026-07-01", percent("200000", "60"));

    var heard = server.heard("eve", 6);

    assertThat(names(heard))
        .containsExactly(
            "EngineerChanged@1",
            "PackageChanged@2",
            "TokenBudgetEntitled@3",
            "PackageChanged@4",
            "PackageChanged@5",
            "TokenBudgetEntitled@6");
    assertThat(payload(heard.get(5), TokenBudgetEntitled.class))
        .isEqualTo(
            TokenBudgetEntitled.newBuilder()
                .setEngineer("eve")
                .setAuthor("tool-HR")
                .addSegments(
                    annual("2026-01-01", "100000", "USD").toBuilder()
                        .setEffectiveUntil(date("2026-06-30")))
                .addSegments(annual("2026-07-01", "120000", "USD"))
                .build());
  }

  @Test
  void portabilityIsToldAsRows() {
    employ("flo");
    record(
        "flo-1",
        "flo",
        "",
        base("300000")
            .setTokens(
                TokenBudget.newBuilder()
                    .setAmount(money("100000", "SEK"))
                    .setTreatment(Treatment.TREATMENT_PAY)
                    .setPortability(
                        TokenPortability.newBuilder()
                            .setPercent(decimal("50"))
                            .setSchedule(
                                VestSchedule.newBuilder()
                                    .setStartDate(date("2026-01-01"))
                                    .setMonthsApart(6)
                                    .setInstallments(2)
                                    .setAllocation(Allocation.ALLOCATION_FRACTIONAL))))
            .build());

    assertThat(payload(server.heard("flo", 3).get(2), TokenBudgetEntitled.class))
        .isEqualTo(
            TokenBudgetEntitled.newBuilder()
                .setEngineer("flo")
                .setAuthor("tool-HR")
                .addSegments(
                    annual("2026-01-01", "100000", "SEK").toBuilder()
                        .addPortability(row("2026-07-01", "25"))
                        .addPortability(row("2027-01-01", "50")))
                .build());
  }

  @Test
  void anotherBudgetLeavesTheRestAsItIs() {
    employ("gil");
    record("gil-1", "gil", "", halfOfBase("500000"));
    PackageRecord changed =
        budget("gil-2", "gil", "2026-04-01", TokenBudget.newBuilder().setAmount(money("7", "USD")));
    PackageRecord without =
        server
            .packages(server.hr())
            .putTokenBudget(
                PutTokenBudgetRequest.newBuilder()
                    .setRequestId("gil-3")
                    .setReason("nothing in May")
                    .setEngineer("gil")
                    .setEffectiveDate(date("2026-05-01"))
                    .build())
            .getRecord();

    assertThat(changed.getPackage())
        .isEqualTo(
            halfOfBase("500000").toBuilder()
                .setTokens(TokenBudget.newBuilder().setAmount(money("7", "USD")))
                .build());
    assertThat(without.getPackage())
        .isEqualTo(halfOfBase("500000").toBuilder().clearTokens().build());
    assertThat(read("gil", "2026-04-30")).isEqualTo(changed);
    assertThat(payload(server.heard("gil", 7).get(6), TokenBudgetEntitled.class))
        .isEqualTo(
            TokenBudgetEntitled.newBuilder()
                .setEngineer("gil")
                .setAuthor("tool-HR")
                .setReason("nothing in May")
                .addSegments(
                    annual("2026-01-01", "250000", "USD").toBuilder()
                        .setEffectiveUntil(date("2026-03-31")))
                .addSegments(
                    annual("2026-04-01", "7", "USD").toBuilder()
                        .setEffectiveUntil(date("2026-04-30")))
                .build());
    Refusal early =
        Refusal.of(
            () ->
                budget(
                    "gil-4",
                    "gil",
                    "2025-12-31",
                    TokenBudget.newBuilder().setAmount(money("7", "USD"))));
    assertThat(early.reason()).isEqualTo("NOT_RECORDED");
    assertThat(early.metadata()).containsEntry("field", "effective_date");
    assertThat(
            Refusal.of(
                    () ->
                        budget(
                            "gil-5",
                            "gil",
                            "2026-06-01",
                            TokenBudget.newBuilder().setAmount(money("-7", "USD"))))
                .violatedFields())
        .isEqualTo("tokens.amount");
    Refusal tooMuch =
        Refusal.of(
            () ->
                budget(
                    "gil-6",
                    "gil",
                    "2026-06-01",
                    TokenBudget.newBuilder().setAmount(money("9223372037", "USD"))));
    assertThat(tooMuch.reason()).isEqualTo("AMOUNT_OUT_OF_RANGE");
    assertThat(tooMuch.metadata()).containsEntry("field", "tokens.amount");
  }

  @Test
  void aGrantIsAddedToWhatThereIs() {
    employ("hal");
    record("hal-1", "hal", "", halfOfBase("500000"));

    PackageRecord granted = grant("hal-2", "hal", shares("g1", "2026-04-01"));
    PackageRecord again = grant("hal-3", "hal", shares("g2", "2026-06-01"));

    assertThat(granted.getEffectiveDate()).as("the grant date").isEqualTo(date("2026-04-01"));
    assertThat(again.getPackage().getEquityList())
        .containsExactly(shares("g1", "2026-04-01"), shares("g2", "2026-06-01"));
    assertThat(again.getPackage().getTokens()).isEqualTo(halfOfBase("500000").getTokens());
    Refusal twice = Refusal.of(() -> grant("hal-4", "hal", shares("g2", "2026-07-01")));
    assertThat(twice.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(twice.violatedFields()).isEqualTo("grant.id");
    assertThat(
            Refusal.of(
                    () ->
                        grant(
                            "hal-5",
                            "hal",
                            shares("g3", "2026-07-01").toBuilder()
                                .setSchedule(
                                    shares("g3", "2026-07-01").getSchedule().toBuilder()
                                        .setCliffInstallment(5))
                                .build()))
                .violatedFields())
        .isEqualTo("grant.schedule.cliff_installment");
    assertThat(names(server.heard("hal", 5)))
        .as("shares change no entitlement")
        .containsExactly(
            "EngineerChanged@1",
            "PackageChanged@2",
            "TokenBudgetEntitled@3",
            "PackageChanged@4",
            "PackageChanged@5");
  }

  @Test
  void whatIsWrongIsNamedAndLeavesNothing() {
    employ("ida");

    assertThat(
            refused(
                    "ida-1",
                    "ida",
                    "",
                    base("-1")
                        .setTokens(TokenBudget.newBuilder().setPercentOfBase(decimal("1001"))))
                .violatedFields())
        .isEqualTo("package.base.amount, package.tokens.percent_of_base");
    assertThat(refused("ida-2", "ida", "2025-12-31", base("1")).violatedFields())
        .as("in effect before it starts")
        .isEqualTo("effective_date");
    assertThat(
            refused(
                    "ida-3",
                    "ida",
                    "",
                    base("1")
                        .setTokens(
                            TokenBudget.newBuilder()
                                .setQuantities(
                                    TokenQuantities.newBuilder()
                                        .addLines(
                                            TokenQuantityLine.newBuilder()
                                                .setProvider("anthropic")
                                                .setModel("claude")
                                                .setMeter("sighs")
                                                .setQuantity(1))
                                        .setFaceValue(money("1", "USD"))
                                        .setValuationDate(date("2026-01-01"))
                                        .setPriceBook("seed"))))
                .violatedFields())
        .isEqualTo("package.tokens.quantities.lines[0].meter");
    Refusal tooMuch =
        refused(
            "ida-4",
            "ida",
            "",
            base("1").setTokens(TokenBudget.newBuilder().setAmount(money("9223372037", "USD"))));
    assertThat(tooMuch.reason()).isEqualTo("AMOUNT_OUT_OF_RANGE");
    assertThat(tooMuch.metadata()).containsEntry("field", "package.tokens.amount");
    assertThat(Refusal.of(() -> read("ida", "2026-06-01")).reason()).isEqualTo("NOT_RECORDED");
    assertThat(names(server.heard("ida", 1))).containsExactly("EngineerChanged@1");
  }

  @Test
  void aPackageNeedsSomebodyWhoIsEmployed() {
    Refusal nobody = refused("nobody-1", "nobody", "", base("1"));
    assertThat(nobody.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(nobody.metadata())
        .isEqualTo(Map.of("resource_type", "engineer", "resource", "nobody"));
    assertThat(Refusal.of(() -> read("nobody", "2026-01-01")).reason()).isEqualTo("NOT_FOUND");
    assertThat(Refusal.of(() -> page(server.hr(), "nobody", 0, "")).reason())
        .isEqualTo("NOT_FOUND");

    employ("joe");
    var _ = server.people(server.hr()).endEmployment(end("joe-end", "joe", "2026-06-30"));
    CompensationPackage.Builder old = base("1").setStartDate(date("2023-01-01"));
    Refusal before = refused("joe-1", "joe", "2023-12-31", old);
    assertThat(before.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(before.reason()).isEqualTo("NOT_EMPLOYED");
    assertThat(before.metadata()).isEqualTo(Map.of("engineer", "joe", "start_date", "2024-01-01"));
    Refusal after = refused("joe-2", "joe", "2026-07-01", base("1"));
    assertThat(after.reason()).isEqualTo("NOT_EMPLOYED");
    assertThat(after.metadata()).isEqualTo(Map.of("engineer", "joe", "last_day", "2026-06-30"));
    assertThat(record("joe-3", "joe", "2026-06-30", base("1").build()).getPackageId()).isNotEmpty();
  }

  @Test
  void whoMayReadAndWhoMayWriteAndThatItIsLogged() {
    employ("kim");
    record("kim-1", "kim", "", halfOfBase("500000"));
    for (BearerToken caller : List.of(server.hr(), server.finance(), server.engineer("kim"))) {
      assertThat(
              server.packages(caller).getPackage(request("kim", "2026-06-01").build()).hasRecord())
          .isTrue();
      assertThat(page(caller, "kim", 0, "").getRecordsCount()).isEqualTo(1);
    }
    assertThat(
            Refusal.of(
                    () ->
                        server
                            .packages(server.engineer("leo"))
                            .getPackage(request("kim", "2026-06-01").build()))
                .reason())
        .isEqualTo("NOT_OWN_DATA");
    for (Role role : List.of(Role.MANAGER, Role.AUDITOR, Role.SERVICE, Role.SUBSCRIBER)) {
      assertThat(
              Refusal.of(
                      () ->
                          server
                              .packages(server.as(role))
                              .getPackage(request("kim", "2026-06-01").build()))
                  .reason())
          .as("%s", role)
          .isEqualTo("ROLE_MISSING");
    }
    assertThat(
            Refusal.of(
                    () ->
                        server
                            .packages(server.finance())
                            .putPackage(
                                PutPackageRequest.newBuilder()
                                    .setRequestId("kim-2")
                                    .setEngineer("kim")
                                    .setPackage(halfOfBase("1"))
                                    .build()))
                .reason())
        .isEqualTo("ROLE_MISSING");

    List<String> entries =
        server
            .database()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select caller || ' ' || what from access_log
                            where engineer = 'kim' order by entry
                            """)
                        .mapTo(String.class)
                        .list());
    assertThat(entries)
        .containsExactly(
            "tool-HR PACKAGE",
            "tool-HR PACKAGES",
            "tool-FINANCE PACKAGE",
            "tool-FINANCE PACKAGES",
            "kim PACKAGE",
            "kim PACKAGES");
  }

  @Test
  void theSameIdForAnotherPackageIsRefused() {
    employ("mia");
    record("mia-1", "mia", "", halfOfBase("500000"));

    Refusal refusal = refused("mia-1", "mia", "", halfOfBase("400000").toBuilder());

    assertThat(refusal.reason()).isEqualTo("ID_REUSED");
    assertThat(refusal.metadata()).containsEntry("different_fields", "package.base.amount.units");
    assertThat(refusal.toString()).doesNotContain("500000", "400000");
  }

  @Test
  void pagesGoThroughAllThatWasRecordedLatestFirst() {
    employ("ned");
    List<String> recorded = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      recorded.addFirst(
          record("ned-" + i, "ned", "", halfOfBase(Integer.toString(1000 + i))).getPackageId());
    }

    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ListPackagesResponse page = page(server.hr(), "ned", 2, token);
      page.getRecordsList().forEach(record -> seen.add(record.getPackageId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(seen).isEqualTo(recorded);
    String ofNed = page(server.hr(), "ned", 2, "").getNextPageToken();
    employ("oda");
    assertThat(Refusal.of(() -> page(server.hr(), "oda", 2, ofNed)).reason())
        .isEqualTo("PAGE_TOKEN_INVALID");
  }

  private static void employ(String engineer) {
    var _ = server.people(server.hr()).putEngineer(put(engineer + "-is", engineer(engineer)));
  }

  private static CompensationPackage.Builder base(String amount) {
    return CompensationPackage.newBuilder()
        .setStartDate(date("2026-01-01"))
        .setBase(Base.newBuilder().setAmount(money(amount, "USD")));
  }

  private static CompensationPackage percent(String base, String percent) {
    return base(base)
        .setTokens(TokenBudget.newBuilder().setPercentOfBase(decimal(percent)))
        .build();
  }

  private static CompensationPackage halfOfBase(String base) {
    return percent(base, "50");
  }

  private static EquityGrant shares(String id, String grantDate) {
    return EquityGrant.newBuilder()
        .setId(id)
        .setShares(400)
        .setPrice(
            SharePrice.newBuilder().setAmount(money("12.50", "USD")).setDate(date("2026-01-01")))
        .setGrantDate(date(grantDate))
        .setSchedule(
            VestSchedule.newBuilder()
                .setStartDate(date(grantDate))
                .setMonthsApart(12)
                .setInstallments(4))
        .build();
  }

  private static EntitlementSegment annual(String from, String amount, String currency) {
    return EntitlementSegment.newBuilder()
        .setSegmentId("annual-" + from)
        .setEffectiveFrom(date(from))
        .setRecurrence(EntitlementRecurrence.ENTITLEMENT_RECURRENCE_ANNUAL)
        .setFte(decimal("1"))
        .setAmount(money(amount, currency))
        .build();
  }

  private static PortabilityRow row(String date, String percent) {
    return PortabilityRow.newBuilder().setDate(date(date)).setPercent(decimal(percent)).build();
  }

  private static PackageRecord record(
      String requestId, String engineer, String effective, CompensationPackage pack) {
    PutPackageRequest.Builder request =
        PutPackageRequest.newBuilder()
            .setRequestId(requestId)
            .setEngineer(engineer)
            .setPackage(pack);
    if (!effective.isEmpty()) {
      request.setEffectiveDate(date(effective));
    }
    return server.packages(server.hr()).putPackage(request.build()).getRecord();
  }

  private static Refusal refused(
      String requestId, String engineer, String effective, CompensationPackage.Builder pack) {
    return Refusal.of(() -> record(requestId, engineer, effective, pack.build()));
  }

  private static PackageRecord budget(
      String requestId, String engineer, String effective, TokenBudget.Builder tokens) {
    return server
        .packages(server.hr())
        .putTokenBudget(
            PutTokenBudgetRequest.newBuilder()
                .setRequestId(requestId)
                .setEngineer(engineer)
                .setEffectiveDate(date(effective))
                .setTokens(tokens)
                .build())
        .getRecord();
  }

  private static PackageRecord grant(String requestId, String engineer, EquityGrant grant) {
    return server
        .packages(server.hr())
        .addEquityGrant(
            AddEquityGrantRequest.newBuilder()
                .setRequestId(requestId)
                .setEngineer(engineer)
                .setGrant(grant)
                .build())
        .getRecord();
  }

  private static GetPackageRequest.Builder request(String engineer, String day) {
    return GetPackageRequest.newBuilder().setEngineer(engineer).setAsOfDate(date(day));
  }

  private static PackageRecord read(String engineer, String day) {
    return server.packages(server.hr()).getPackage(request(engineer, day).build()).getRecord();
  }

  private static PackageRecord read(String engineer, String day, Timestamp knownAt) {
    return server
        .packages(server.hr())
        .getPackage(request(engineer, day).setKnownAt(knownAt).build())
        .getRecord();
  }

  private static ListPackagesResponse page(
      BearerToken caller, String engineer, int size, String token) {
    return server
        .packages(caller)
        .listPackages(
            ListPackagesRequest.newBuilder()
                .setEngineer(engineer)
                .setPageSize(size)
                .setPageToken(token)
                .build());
  }
}
