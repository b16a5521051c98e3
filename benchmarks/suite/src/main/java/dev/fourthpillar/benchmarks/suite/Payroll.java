package dev.fourthpillar.benchmarks.suite;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import com.google.type.Decimal;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.comp.v1.FxRate;
import dev.fourthpillar.comp.v1.MarketDataServiceGrpc;
import dev.fourthpillar.comp.v1.PackageServiceGrpc;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import dev.fourthpillar.comp.v1.PutEngineerRequest;
import dev.fourthpillar.comp.v1.PutFxRatesRequest;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Engineers in {@value #TEAMS} teams with base, bonus, sign-on, shares that vest monthly, a token
 * budget in another currency, and metered tokens. One for each country comes through the API; the
 * others are copies of the four with another base, written as rows: nobody hires 100,000 people one
 * by one here.
 */
final class Payroll {
  static final int TEAMS = 2;

  private static final List<Country> COUNTRIES =
      List.of(
          new Country("US", "America/New_York", "USD", "1.00"),
          new Country("SE", "Europe/Stockholm", "SEK", "10.50"),
          new Country("DE", "Europe/Berlin", "EUR", "0.92"),
          new Country("GB", "Europe/London", "GBP", "0.79"));

  private final Suite suite;
  private final LocalDate today;

  private Payroll(Suite suite, LocalDate today) {
    this.suite = suite;
    this.today = today;
  }

  /**
   * @param rate units of the currency for a dollar
   */
  private record Country(String code, String timeZone, String currency, String rate) {}

  /**
   * @param size engineers, beside the four that they are copies of
   * @param charges rows of metered charges for each of them
   */
  static void write(Suite suite, LocalDate today, int size, int charges) throws SQLException {
    var payroll = new Payroll(suite, today);
    COUNTRIES.forEach(payroll::hire);
    payroll.publishRates();
    payroll.copy(size, charges);
  }

  static String team(int number) {
    return "bench-" + number;
  }

  static String engineer(int number) {
    return "bench-%06d".formatted(number);
  }

  private void hire(Country country) {
    var hr = suite.tokens().as("bench-hr", Role.HR);
    var id = "model-" + country.code().toLowerCase(java.util.Locale.ROOT);
    var start = DateMapper.toProto(today.minusMonths(20));
    var _ =
        PeopleServiceGrpc.newBlockingStub(suite.channel(SuiteService.COMP))
            .withCallCredentials(hr)
            .putEngineer(
                PutEngineerRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setEngineer(
                        Engineer.newBuilder()
                            .setEngineer(id)
                            .setCountry(country.code())
                            .setTimeZone(country.timeZone())
                            .setCurrencyCode(country.currency())
                            .setStartDate(start))
                    .build());
    var _ =
        PackageServiceGrpc.newBlockingStub(suite.channel(SuiteService.COMP))
            .withCallCredentials(hr)
            .putPackage(
                PutPackageRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setEngineer(id)
                    .setPackage(pack(country.currency()))
                    .build());
  }

  private CompensationPackage pack(String currency) {
    var pack = CompensationPackage.newBuilder();
    var start = today.minusMonths(20);
    var day =
        "year: %d month: %d day: %d"
            .formatted(start.getYear(), start.getMonthValue(), start.getDayOfMonth());
    try {
      TextFormat.merge(
          """
          start_date { %1$s }
          base {
            amount { currency_code: "%2$s" units: 100000 }
            growth_percent { value: "3" }
          }
          target_bonus { percent_of_base { value: "15" } }
          sign_ons { id: "joining" amount { currency_code: "%2$s" units: 20000 } }
          equity {
            id: "rsu"
            shares: 4801
            price {
              amount { currency_code: "USD" units: 25 }
              date { %1$s }
              growth_percent { value: "5" }
            }
            grant_date { %1$s }
            schedule {
              start_date { %1$s }
              months_apart: 1
              installments: 48
              cliff_installment: 12
            }
          }
          tokens {
            amount { currency_code: "USD" units: 60000 }
            treatment: TREATMENT_TOOL
            overage_allowed: true
          }
          """
              .formatted(day, currency),
          pack);
    } catch (TextFormat.ParseException e) {
      throw new IllegalStateException(e);
    }
    return pack.build();
  }

  private void publishRates() {
    var request = PutFxRatesRequest.newBuilder().setRequestId(UUID.randomUUID().toString());
    COUNTRIES.stream()
        .filter(country -> !country.currency().equals("USD"))
        .forEach(
            country ->
                request.addRates(
                    FxRate.newBuilder()
                        .setSourceCurrencyCode("USD")
                        .setTargetCurrencyCode(country.currency())
                        .setRate(Decimal.newBuilder().setValue(country.rate()))
                        .setDate(DateMapper.toProto(today))
                        .setPublisher("bench")));
    var _ =
        MarketDataServiceGrpc.newBlockingStub(suite.channel(SuiteService.COMP))
            .withCallCredentials(suite.tokens().as("bench-treasury", Role.FINANCE))
            .putFxRates(request.build());
  }

  private void copy(int size, int charges) throws SQLException {
    try (Connection connection = suite.database(SuiteService.COMP).dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create temporary table bench as
          select 'bench-' || lpad(n::text, 6, '0') as id, m.engineer as model, m.currency, n
          from generate_series(0, %1$d - 1) n
          join (select *, row_number() over (order by engineer) - 1 as place from engineer
                where engineer like 'model-%%') m on m.place = n %% 4;
          create unique index on bench (id);
          analyze bench;

          insert into engineer (engineer, version, revision, team, manager, country, time_zone,
            currency, fte, start_date, last_day, display_name, updated_at)
          select b.id, 0, 1, 'bench-' || b.n %% %4$d, '', e.country, e.time_zone, e.currency,
            e.fte, e.start_date, null, b.id, e.updated_at
          from bench b join engineer e on e.engineer = b.model;

          -- Two seventh of a day apart: at other times of other days, in nobody's order.
          insert into metered_charge (engineer, quarter, payer, account_currency, price_currency,
            account_list_nanos, account_employer_nanos, list_nanos, employer_nanos)
          select b.id, date_bin('15 minutes', timestamptz '%2$s 12:00:00Z' - c * interval '7 hours',
              timestamptz '2000-01-01 00:00:00Z'),
            case when c %% 10 = 0 then 2 else 1 end, b.currency, 'USD',
            (1000000000::bigint + b.n * 1000 + c) * 10, (600000000::bigint + b.n * 1000 + c) * 10,
            1000000000 + b.n * 1000 + c, 600000000 + b.n * 1000 + c
          from generate_series(1, %3$d) c cross join bench b;

          -- Nothing is pending: nobody closes months while this is measured.
          insert into metered_position (engineer, partition, position, first_usage, last_usage,
            pending_from)
          select id, n %% 64, n, timestamptz '%2$s 00:00:00Z', timestamptz '%2$s 00:00:00Z', null
          from bench;

          insert into metered_balance (account, engineer, currency, version, entry, granted_nanos,
            held_nanos, settled_nanos, expired_nanos, available_nanos, overage_nanos,
            unspent_portable_nanos, as_of)
          select 'engineers/' || id || '/' || currency, id, currency, 1, 1, 60000000000000, 0,
            1000000000000, 0, 59000000000000, 0, null, now()
          from bench;
          """
              .formatted(size, today, charges, TEAMS));
      copyPackages(connection);
      statement.execute("vacuum analyze");
    }
  }

  /** As the service writes them: as JSON and encoded. */
  private static void copyPackages(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                select b.id, 60000 + b.n % 200000, p.encoded
                from bench b join package_record p on p.engineer = b.model
                """);
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into package_record
                  (package_id, engineer, effective_date, recorded_at, content, encoded)
                select gen_random_uuid(), b.id, p.effective_date, p.recorded_at,
                  jsonb_set(p.content, '{base,amount,units}', to_jsonb(new.base::text)), new.encoded
                from (values (?, ?, ?)) as new (id, base, encoded)
                join bench b on b.id = new.id
                join package_record p on p.engineer = b.model
                """);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        insert.setString(1, rows.getString(1));
        insert.setLong(2, rows.getLong(2));
        insert.setBytes(3, paying(rows.getBytes(3), rows.getLong(2)));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static byte[] paying(byte[] encoded, long base) {
    try {
      var pack = CompensationPackage.parseFrom(encoded).toBuilder();
      pack.getBaseBuilder().getAmountBuilder().setUnits(base);
      return pack.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
