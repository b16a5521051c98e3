package dev.fourthpillar.comp.people;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Currencies;
import dev.fourthpillar.type.v1.IdentityKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a client says of an engineer, and what the contract's annotations cannot say about it. */
final class ProfileMapper {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private ProfileMapper() {}

  /** As it was sent. */
  static Profile fromRequest(dev.fourthpillar.comp.v1.Engineer engineer) {
    List<Violation> violations = new ArrayList<>();
    check(engineer, violations);
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return fromProto(engineer);
  }

  /** As it is recorded. */
  static Profile fromProto(dev.fourthpillar.comp.v1.Engineer engineer) {
    return new Profile(
        engineer.getEngineer(),
        engineer.getTeam(),
        engineer.getManager(),
        engineer.getCountry(),
        ZoneId.of(engineer.getTimeZone()),
        Currency.getInstance(engineer.getCurrencyCode()),
        fte(engineer),
        DateMapper.fromProto(engineer.getStartDate(), "engineer.start_date"),
        engineer.getIdentitiesList().stream().map(ProfileMapper::identity).toList(),
        engineer.getDisplayName().isEmpty() ? engineer.getEngineer() : engineer.getDisplayName());
  }

  /**
   * A day that can be one of somebody's employment.
   *
   * @param field path of the field, for the failure
   */
  static LocalDate day(com.google.type.Date date, String field) {
    LocalDate day = DateMapper.fromProto(date, field);
    List<Violation> violations = new ArrayList<>();
    checkDay(day, field, violations);
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return day;
  }

  private static void check(
      dev.fourthpillar.comp.v1.Engineer engineer, List<Violation> violations) {
    that(
        COUNTRIES.contains(engineer.getCountry()),
        "engineer.country",
        "must be a country of ISO 3166-1; it is '%s'".formatted(engineer.getCountry()),
        violations);
    that(
        ZoneId.getAvailableZoneIds().contains(engineer.getTimeZone()),
        "engineer.time_zone",
        "must be an IANA time zone, for example Europe/Stockholm",
        violations);
    that(
        Currencies.withMinorUnits(engineer.getCurrencyCode()).isPresent(),
        "engineer.currency_code",
        "must be a currency of ISO 4217 with minor units; it is '%s'"
            .formatted(engineer.getCurrencyCode()),
        violations);
    BigDecimal fte = fte(engineer);
    that(
        fte.signum() > 0
            && fte.compareTo(BigDecimal.ONE) <= 0
            && fte.stripTrailingZeros().scale() <= Profile.FTE_DECIMALS,
        "engineer.fte",
        "must be above 0 and at most 1, with at most %d decimals; it is %s"
            .formatted(Profile.FTE_DECIMALS, fte.toPlainString()),
        violations);
    checkDay(
        DateMapper.fromProto(engineer.getStartDate(), "engineer.start_date"),
        "engineer.start_date",
        violations);
    Set<Identity> seen = new HashSet<>();
    for (int i = 0; i < engineer.getIdentitiesCount(); i++) {
      that(
          seen.add(identity(engineer.getIdentities(i))),
          "engineer.identities[" + i + "]",
          "must differ from those before it; e-mail addresses are compared in lower case",
          violations);
    }
  }

  private static void checkDay(LocalDate day, String field, List<Violation> violations) {
    that(
        !day.isBefore(Checks.EARLIEST_DATE) && !day.isAfter(Checks.LATEST_DATE),
        field,
        "must be from %s to %s; it is %s".formatted(Checks.EARLIEST_DATE, Checks.LATEST_DATE, day),
        violations);
  }

  private static void that(
      boolean holds, String field, String expected, List<Violation> violations) {
    if (!holds) {
      violations.add(new Violation(field, expected, "people"));
    }
  }

  private static BigDecimal fte(dev.fourthpillar.comp.v1.Engineer engineer) {
    return engineer.hasFte()
        ? DecimalMapper.fromProto(engineer.getFte(), "engineer.fte")
        : BigDecimal.ONE;
  }

  static dev.fourthpillar.type.v1.Identity toProto(Identity identity) {
    IdentityKind kind =
        switch (identity.kind()) {
          case EMAIL -> IdentityKind.IDENTITY_KIND_EMAIL;
          case ACCOUNT -> IdentityKind.IDENTITY_KIND_ACCOUNT;
          case USER -> IdentityKind.IDENTITY_KIND_USER;
          case INSTALLATION -> IdentityKind.IDENTITY_KIND_INSTALLATION;
          case CREDENTIAL -> IdentityKind.IDENTITY_KIND_CREDENTIAL;
        };
    return dev.fourthpillar.type.v1.Identity.newBuilder()
        .setKind(kind)
        .setValue(identity.value())
        .build();
  }

  private static Identity identity(dev.fourthpillar.type.v1.Identity identity) {
    Identity.Kind kind =
        switch (identity.getKind()) {
          case IDENTITY_KIND_EMAIL -> Identity.Kind.EMAIL;
          case IDENTITY_KIND_ACCOUNT -> Identity.Kind.ACCOUNT;
          case IDENTITY_KIND_USER -> Identity.Kind.USER;
          case IDENTITY_KIND_INSTALLATION -> Identity.Kind.INSTALLATION;
          case IDENTITY_KIND_CREDENTIAL -> Identity.Kind.CREDENTIAL;
          case IDENTITY_KIND_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("an identity of no kind");
        };
    return new Identity(kind, identity.getValue());
  }
}
