package dev.fourthpillar.pricing;

import dev.fourthpillar.pricing.book.BookHeader;
import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.cost.UsageToPrice;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** Books and usage as the tests speak of them. */
public final class TestBooks {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private TestBooks() {}

  public static BookHeader header(int version) {
    return new BookHeader("test", version, Currency.getInstance("USD"), START, "made for a test");
  }

  public static PriceBook book(PriceRow... rows) {
    return PriceBook.of(header(1), List.of(rows));
  }

  public static PriceRow.Builder row(String provider, String model) {
    return PriceRow.builder(new ModelKey(provider, model), "made for a test");
  }

  public static PriceRow.Builder model() {
    return row("acme", "one");
  }

  public static UsageToPrice usage(Object... meterAndCount) {
    return UsageToPrice.request(ModelName.of("acme", "one"), quantities(meterAndCount));
  }

  /** Alternating meter, or its code, and count. */
  public static Quantities quantities(Object... meterAndCount) {
    Quantities quantities = Quantities.none();
    for (int i = 0; i < meterAndCount.length; i += 2) {
      Meter meter =
          meterAndCount[i] instanceof Meter m ? m : Meter.parse((String) meterAndCount[i]);
      quantities = quantities.with(meter, ((Number) meterAndCount[i + 1]).longValue());
    }
    return quantities;
  }

  public static Meter meter(String code) {
    return Meter.parse(code);
  }

  public static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }

  /** A decimal amount in nanos; fails if it has more than nine decimals. */
  public static long nanos(String amount) {
    return dec(amount).movePointRight(9).longValueExact();
  }
}
