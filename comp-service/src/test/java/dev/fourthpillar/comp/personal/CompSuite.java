package dev.fourthpillar.comp.personal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import com.google.type.Date;
import com.google.type.Decimal;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.metered.Ledger;
import dev.fourthpillar.comp.metered.MeteredRepository;
import dev.fourthpillar.comp.v1.Base;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc.CompensationServiceBlockingStub;
import dev.fourthpillar.comp.v1.EndEmploymentRequest;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.comp.v1.FxRate;
import dev.fourthpillar.comp.v1.MarketDataServiceGrpc;
import dev.fourthpillar.comp.v1.PackageServiceGrpc;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import dev.fourthpillar.comp.v1.PutEngineerRequest;
import dev.fourthpillar.comp.v1.PutFxRatesRequest;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import dev.fourthpillar.comp.v1.TokenBudget;
import dev.fourthpillar.comp.v1.Treatment;
import dev.fourthpillar.events.v1.BalanceChanged;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.ConsumptionReachedSalary;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.TestService;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * The comp service with people in it, and a feed that tells it what a ledger tells. What the feed
 * says has arrived when the call that says it returns.
 */
public final class CompSuite implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestService ledger;
  private final TestService comp;

  private CompSuite(TestService ledger, TestService comp) {
    this.ledger = ledger;
    this.comp = comp;
  }

  public static CompSuite start(TestDatabase database) {
    var keyFile = keyFile().toString();
    var ledger = TestService.start(database.another(), Map.of(TestService.KEY_FILE, keyFile));
    try {
      var port = ledger.bean(GrpcEmbeddedServer.class).getPort();
      var comp =
          TestService.start(
              database,
              Map.of(
                  TestService.KEY_FILE,
                  keyFile,
                  "fourthpillar.peers.budget",
                  "127.0.0.1:" + port,
                  // Tests close months themselves.
                  "fourthpillar.month-close.interval",
                  "1d"));
      return new CompSuite(ledger, comp);
    } catch (RuntimeException e) {
      ledger.close();
      throw e;
    }
  }

  public TestService comp() {
    return comp;
  }

  public CompensationServiceBlockingStub as(BearerToken caller) {
    return comp.stub(CompensationServiceGrpc::newBlockingStub, caller);
  }

  public CompensationServiceBlockingStub asHr() {
    return as(comp.as("hr-tool", Role.HR));
  }

  /** A person, employed since 2026. */
  public void person(String engineer, String name, String country, String zone, String currency) {
    person(engineer, name, "", country, zone, currency);
  }

  /**
   * @param team empty for none
   */
  void person(
      String engineer, String name, String team, String country, String zone, String currency) {
    var _ =
        comp.stub(PeopleServiceGrpc::newBlockingStub, comp.as("hr-tool", Role.HR))
            .putEngineer(
                PutEngineerRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setEngineer(
                        Engineer.newBuilder()
                            .setEngineer(engineer)
                            .setDisplayName(name)
                            .setTeam(team)
                            .setCountry(country)
                            .setTimeZone(zone)
                            .setCurrencyCode(currency)
                            .setStartDate(date("2025-01-01")))
                    .build());
  }

  /** A base and a tool that may be overspent, from the start on. */
  public void pay(String engineer, String start, String base, String currency, TokenBudget tokens) {
    var _ =
        comp.stub(PackageServiceGrpc::newBlockingStub, comp.as("hr-tool", Role.HR))
            .putPackage(
                PutPackageRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setEngineer(engineer)
                    .setPackage(
                        CompensationPackage.newBuilder()
                            .setStartDate(date(start))
                            .setBase(Base.newBuilder().setAmount(Ledger.money(base, currency)))
                            .setTokens(tokens))
                    .build());
  }

  /** A package in the text format, in effect from a day on. */
  public void pack(String engineer, String effective, String text) {
    var pack = CompensationPackage.newBuilder();
    try {
      TextFormat.merge(text, pack);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
    var _ =
        comp.stub(PackageServiceGrpc::newBlockingStub, comp.as("hr-tool", Role.HR))
            .putPackage(
                PutPackageRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setEngineer(engineer)
                    .setEffectiveDate(date(effective))
                    .setPackage(pack)
                    .build());
  }

  /** The employment of a person ends. */
  public void ends(String engineer, String lastDay) {
    var _ =
        comp.stub(PeopleServiceGrpc::newBlockingStub, comp.as("hr-tool", Role.HR))
            .endEmployment(
                EndEmploymentRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setEngineer(engineer)
                    .setLastDay(date(lastDay))
                    .build());
  }

  public static TokenBudget tool(String amount, String currency) {
    return TokenBudget.newBuilder()
        .setAmount(Ledger.money(amount, currency))
        .setTreatment(Treatment.TREATMENT_TOOL)
        .setOverageAllowed(true)
        .build();
  }

  public void rate(String source, String target, String rate, String day, String publisher) {
    var _ =
        comp.stub(MarketDataServiceGrpc::newBlockingStub, comp.as("treasury", Role.FINANCE))
            .putFxRates(
                PutFxRatesRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .addRates(
                        FxRate.newBuilder()
                            .setSourceCurrencyCode(source)
                            .setTargetCurrencyCode(target)
                            .setRate(Decimal.newBuilder().setValue(rate))
                            .setDate(date(day))
                            .setPublisher(publisher))
                    .build());
  }

  /** The ledger books these charges of one person. */
  public void charged(ChargeBooked... charges) {
    var engineer = charges[0].getEngineer();
    var before = position(engineer);
    for (ChargeBooked charge : charges) {
      told(NewEvent.of(engineer, 0, charge));
    }
    Awaitility.await().atMost(PATIENCE).until(() -> position(engineer) >= before + charges.length);
  }

  public void balance(BalanceChanged balance) {
    told(NewEvent.of(balance.getAccount(), balance.getEntry(), balance));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                comp
                    .bean(Transactions.class)
                    .run(
                        handle ->
                            comp.bean(MeteredRepository.class)
                                .balances(handle, balance.getEngineer()))
                    .stream()
                    .anyMatch(
                        kept ->
                            kept.account().equals(balance.getAccount())
                                && kept.entry() >= balance.getEntry()));
  }

  /** What HR was told of a person, in order. */
  public List<ConsumptionReachedSalary> reached(String engineer) {
    // What is still in the inbox counts: it is committed.
    return comp
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with told as materialized (
                          select version, payload from feed_inbox
                          where type = :type and key = :key
                          union
                          select version, payload from feed_log
                          where type = :type and key = :key
                        )
                        select payload from told order by version
                        """)
                    .bind("type", ConsumptionReachedSalary.getDescriptor().getFullName())
                    .bind("key", engineer)
                    .mapTo(byte[].class)
                    .list())
        .stream()
        .map(CompSuite::parse)
        .toList();
  }

  public static Date date(String iso) {
    var date = LocalDate.parse(iso);
    return Date.newBuilder()
        .setYear(date.getYear())
        .setMonth(date.getMonthValue())
        .setDay(date.getDayOfMonth())
        .build();
  }

  private void told(NewEvent event) {
    var _ =
        ledger
            .bean(Transactions.class)
            .run(
                handle -> {
                  ledger.bean(FeedWriter.class).append(handle, event);
                  return event;
                });
  }

  /** Each person's charges are alone in their partition, or nearly: enough to wait for. */
  private long position(String engineer) {
    return comp.bean(Transactions.class)
        .run(handle -> comp.bean(MeteredRepository.class).position(handle, engineer))
        .map(position -> Long.parseLong(position.substring(position.lastIndexOf('/') + 1)))
        .orElse(0L);
  }

  private static ConsumptionReachedSalary parse(byte[] payload) {
    try {
      return ConsumptionReachedSalary.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path keyFile() {
    try {
      var folder = Files.createTempDirectory("suite-issuer");
      folder.toFile().deleteOnExit();
      return folder.resolve("issuer.jwks");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    comp.close();
    ledger.close();
  }
}
