package dev.fourthpillar.comp;

import com.google.type.Date;
import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.comp.v1.EndEmploymentRequest;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.comp.v1.GetEngineerRequest;
import dev.fourthpillar.comp.v1.ListEngineersRequest;
import dev.fourthpillar.comp.v1.PutEngineerRequest;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Requests as tests write them. */
public final class Requests {
  private Requests() {}

  /** In Stockholm, paid in SEK, since 2024. */
  public static Engineer engineer(String id) {
    return Engineer.newBuilder()
        .setEngineer(id)
        .setTeam("search")
        .setManager("grace")
        .setCountry("SE")
        .setTimeZone("Europe/Stockholm")
        .setCurrencyCode("SEK")
        .setStartDate(date("2024-01-01"))
        .build();
  }

  public static PutEngineerRequest put(String requestId, Engineer engineer) {
    return PutEngineerRequest.newBuilder().setRequestId(requestId).setEngineer(engineer).build();
  }

  public static GetEngineerRequest get(String engineer) {
    return GetEngineerRequest.newBuilder().setEngineer(engineer).build();
  }

  public static ListEngineersRequest list(int size, String token) {
    return ListEngineersRequest.newBuilder().setPageSize(size).setPageToken(token).build();
  }

  public static EndEmploymentRequest end(String requestId, String engineer, String lastDay) {
    return EndEmploymentRequest.newBuilder()
        .setRequestId(requestId)
        .setEngineer(engineer)
        .setLastDay(date(lastDay))
        .build();
  }

  public static Identity identity(IdentityKind kind, String value) {
    return Identity.newBuilder().setKind(kind).setValue(value).build();
  }

  public static Date date(String iso) {
    LocalDate day = LocalDate.parse(iso);
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }

  public static Decimal decimal(String value) {
    return Decimal.newBuilder().setValue(value).build();
  }

  public static Money money(String amount, String currency) {
    BigDecimal[] parts = new BigDecimal(amount).divideAndRemainder(BigDecimal.ONE);
    return Money.newBuilder()
        .setCurrencyCode(currency)
        .setUnits(parts[0].longValueExact())
        .setNanos(parts[1].movePointRight(9).intValueExact())
        .build();
  }
}
