package dev.fourthpillar.usage.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** The fields of a row. Numbers may be texts; an empty text is absent, and absent is not 0. */
record Fields(JsonNode node) {
  private static final int NANO_DIGITS = 9;

  /** More digits than any amount or count, and few enough to compute with. */
  private static final int MAX_DIGITS = 60;

  /** A nested object; empty where there is none. */
  Fields in(String name) {
    return new Fields(node.path(name));
  }

  /** The result that a bucket has; rows without a bucket are their own. */
  Fields result() {
    return node.has("result") ? in("result") : this;
  }

  Optional<String> text(String name) {
    JsonNode value = node.path(name);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  String textOrEmpty(String name) {
    return text(name).orElse("");
  }

  /** The first of these that is said. */
  String first(String... names) {
    for (String name : names) {
      Optional<String> text = text(name);
      if (text.isPresent()) {
        return text.get();
      }
    }
    return "";
  }

  Optional<BigInteger> count(String name) {
    return number(name).map(number -> whole(name, number));
  }

  private static BigInteger whole(String name, BigDecimal number) {
    try {
      return number.toBigIntegerExact();
    } catch (ArithmeticException _) {
      throw new RowException(name, "a whole number", number);
    }
  }

  Optional<BigDecimal> number(String name) {
    return text(name)
        .map(
            text -> {
              try {
                BigDecimal number = new BigDecimal(text.strip());
                if (number.precision() > MAX_DIGITS || Math.abs(number.scale()) > MAX_DIGITS) {
                  throw new RowException(name, "at most " + MAX_DIGITS + " digits", text);
                }
                return number;
              } catch (NumberFormatException _) {
                throw new RowException(name, "a number", text);
              }
            });
  }

  /** An amount, moved by so many digits, half-even to nanos. */
  Optional<ReportRow.Cost> cost(String name, int movedLeft, String currency) {
    return number(name)
        .map(
            amount ->
                new ReportRow.Cost(
                    currency.toUpperCase(Locale.ROOT),
                    amount
                        .movePointRight(NANO_DIGITS - movedLeft)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toBigIntegerExact()));
  }

  /** The UTC day of a time in ISO 8601, of a day, or of seconds since 1970. */
  LocalDate day(String... names) {
    String text = first(names);
    if (text.isEmpty()) {
      throw new RowException(names[0], "a time", "nothing");
    }
    try {
      if (text.matches("\\d+(\\.\\d+)?")) {
        return LocalDate.ofInstant(
            Instant.ofEpochSecond(new BigDecimal(text).longValue()), ZoneOffset.UTC);
      }
      if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(text);
      }
      String iso = text.replace(' ', 'T');
      return iso.matches(".*(Z|[+-]\\d{2}:?\\d{2})$")
          ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate()
          : LocalDateTime.parse(iso).toLocalDate();
    } catch (DateTimeException | ArithmeticException _) {
      throw new RowException(names[0], "a time in ISO 8601, a day, or seconds", text);
    }
  }
}
