package dev.fourthpillar.backbone.edge.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.type.Money;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.money.Amount;
import java.math.BigInteger;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** google.type.Money to exact amounts and back. */
final class MoneyMapperTest {

  @Property
  void everyAmountSurvivesTheWire(@ForAll @LongRange(min = -Long.MAX_VALUE) long nanos) {
    Amount amount = new Amount("USD", nanos);

    Money money = MoneyMapper.toProto(amount);

    assertThat(Long.signum(money.getUnits()) * Integer.signum(money.getNanos()))
        .isGreaterThanOrEqualTo(0);
    assertThat(MoneyMapper.fromProto(money, "amount")).isEqualTo(amount);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, -1, -1",
    "-1, 0, -1000000000",
    "-1, -500000000, -1500000000",
    "9223372036, 854775807, 9223372036854775807",
    "-9223372036, -854775807, -9223372036854775807"
  })
  void unitsAndNanosAddUp(long units, int nanos, long expected) {
    assertThat(MoneyMapper.fromProto(money(units, nanos), "amount").nanos()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-1500000000, -1, -500000000",
    "9223372036854775808, 9223372036, 854775808",
    "9223372036854775807999999999, 9223372036854775807, 999999999",
    "-9223372036854775808999999999, -9223372036854775808, -999999999"
  })
  void aSumMayBeLargerThanAnAmount(BigInteger nanos, long units, int rest) {
    assertThat(MoneyMapper.toProto("USD", nanos)).isEqualTo(money(units, rest));
  }

  @Test
  void aSumBeyondTheWireIsNoOtherSum() {
    assertThatThrownBy(
            () -> MoneyMapper.toProto("USD", new BigInteger("9223372036854775808000000000")))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036, 854775808, 9223372036.854775808",
    "-9223372036, -854775808, -9223372036.854775808",
    "9223372037, 0, 9223372037",
    "9223372036854775807, 999999999, 9223372036854775807.999999999",
    "-9223372036854775808, 0, -9223372036854775808"
  })
  void anAmountBeyondTheRangeIsNamedWithTheLimit(long units, int nanos, String said) {
    Failure failure = failureOf(money(units, nanos));

    assertThat(failure.reason()).isEqualTo(Reason.AMOUNT_OUT_OF_RANGE);
    assertThat(failure.message())
        .isEqualTo("amount: " + said + " USD (expected: at most 9223372036.854775807)");
    assertThat(failure.metadata())
        .isEqualTo(Map.of("field", "amount", "max_units", "9223372036.854775807"));
  }

  @ParameterizedTest
  @CsvSource({"1, -1", "-1, 1", "9223372036854775807, -999999999"})
  void unitsAndNanosHaveOneSign(long units, int nanos) {
    assertThat(failureOf(money(units, nanos)).violations())
        .extracting(Violation::field, Violation::rule)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("amount.nanos", "money.same_sign"));
  }

  @ParameterizedTest
  @CsvSource({"0, 1000000000", "0, -1000000000", "1, 2147483647", "0, -2147483648"})
  void nanosAreLessThanAUnit(long units, int nanos) {
    assertThat(failureOf(money(units, nanos)).violations())
        .extracting(Violation::rule)
        .containsExactly("money.nanos");
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    Failure failure =
        failureOf(
            Money.newBuilder().setCurrencyCode("usd").setUnits(-1).setNanos(1_000_000_000).build());

    assertThat(failure.reason()).isEqualTo(Reason.INVALID_FIELDS);
    assertThat(failure.violations())
        .extracting(Violation::rule)
        .containsExactly("iso4217", "money.nanos", "money.same_sign");
  }

  private static Money money(long units, int nanos) {
    return Money.newBuilder().setCurrencyCode("USD").setUnits(units).setNanos(nanos).build();
  }

  private static Failure failureOf(Money money) {
    return catchThrowableOfType(
            FailureException.class, () -> MoneyMapper.fromProto(money, "amount"))
        .failure();
  }
}
