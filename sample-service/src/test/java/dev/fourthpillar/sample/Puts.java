package dev.fourthpillar.sample;

import com.google.type.Money;
import dev.fourthpillar.sample.v1.GetPocketRequest;
import dev.fourthpillar.sample.v1.ListPocketsRequest;
import dev.fourthpillar.sample.v1.PutInPocketRequest;

/** Requests as tests write them. */
public final class Puts {
  private Puts() {}

  public static PutInPocketRequest put(
      String requestId, String engineer, String pocket, long dollars) {
    return PutInPocketRequest.newBuilder()
        .setRequestId(requestId)
        .setEngineer(engineer)
        .setPocket(pocket)
        .setAmount(dollars(dollars))
        .build();
  }

  public static Money dollars(long units) {
    return Money.newBuilder().setCurrencyCode("USD").setUnits(units).build();
  }

  public static GetPocketRequest get(String engineer, String pocket) {
    return GetPocketRequest.newBuilder().setEngineer(engineer).setPocket(pocket).build();
  }

  public static ListPocketsRequest list(String engineer, int size, String token) {
    return ListPocketsRequest.newBuilder()
        .setEngineer(engineer)
        .setPageSize(size)
        .setPageToken(token)
        .build();
  }
}
