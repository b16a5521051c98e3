package dev.fourthpillar.comp.people;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/**
 * What a client says of an engineer.
 *
 * @param team empty for none
 * @param manager empty for none
 * @param country ISO 3166-1 alpha-2
 * @param timeZone whose days are the person's
 * @param currency of the person's account
 * @param fte above 0 and at most 1, without trailing zeros
 * @param start first day of employment
 * @param identities by kind and value, each once
 * @param displayName as it is printed; personal
 */
public record Profile(
    String engineer,
    String team,
    String manager,
    String country,
    ZoneId timeZone,
    Currency currency,
    BigDecimal fte,
    LocalDate start,
    List<Identity> identities,
    String displayName) {

  public static final int FTE_DECIMALS = 4;

  public Profile {
    fte = fte.stripTrailingZeros();
    identities = identities.stream().sorted().toList();
  }
}
