package dev.fourthpillar.usage.identity;

import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** comp-service, as far as this service hears of it. */
public final class PeopleFeed {
  private PeopleFeed() {}

  public static void told(
      TestService service,
      Handle handle,
      long version,
      String engineer,
      String country,
      String manager,
      String team,
      String... emails) {
    EngineerChanged.Builder changed =
        EngineerChanged.newBuilder()
            .setEngineer(engineer)
            .setCountry(country)
            .setManager(manager)
            .setTeam(team)
            .setTimeZone("UTC")
            .setCurrencyCode("USD");
    for (String email : emails) {
      changed.addIdentities(
          Identity.newBuilder().setKind(IdentityKind.IDENTITY_KIND_EMAIL).setValue(email));
    }
    service
        .bean(PeopleConsumer.class)
        .apply(
            handle,
            List.of(
                Event.newBuilder()
                    .setKey(engineer)
                    .setVersion(version)
                    .setTime(Timestamp.newBuilder().setSeconds(1_770_000_000L + version))
                    .setData(Any.pack(changed.build()))
                    .build()));
  }
}
