package dev.fourthpillar.comp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.v1.MarketDataServiceGrpc;
import dev.fourthpillar.comp.v1.MarketDataServiceGrpc.MarketDataServiceBlockingStub;
import dev.fourthpillar.comp.v1.PackageServiceGrpc;
import dev.fourthpillar.comp.v1.PackageServiceGrpc.PackageServiceBlockingStub;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc.PeopleServiceBlockingStub;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Subscriber;
import dev.fourthpillar.testkit.service.TestService;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;

/** The comp service in this JVM, with stubs of what it offers. */
public record CompServer(TestService service) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  public static CompServer start(TestDatabase database) {
    return new CompServer(TestService.start(database));
  }

  public PeopleServiceBlockingStub people(BearerToken caller) {
    return service.stub(PeopleServiceGrpc::newBlockingStub, caller);
  }

  public MarketDataServiceBlockingStub market(BearerToken caller) {
    return service.stub(MarketDataServiceGrpc::newBlockingStub, caller);
  }

  public PackageServiceBlockingStub packages(BearerToken caller) {
    return service.stub(PackageServiceGrpc::newBlockingStub, caller);
  }

  public BearerToken hr() {
    return as(Role.HR);
  }

  public BearerToken finance() {
    return as(Role.FINANCE);
  }

  public BearerToken as(Role role) {
    return service.as("tool-" + role, role);
  }

  public BearerToken engineer(String id) {
    return service.engineer(id);
  }

  public Jdbi database() {
    return service.database();
  }

  /** All that a subscriber of another service has heard of a key, once it is that much. */
  public List<Event> heard(String key, int events) {
    var feed = service.stub(EventFeedServiceGrpc::newBlockingStub, as(Role.SERVICE));
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                Subscriber.caughtUp(feed).events().stream()
                    .filter(event -> event.getKey().equals(key))
                    .toList(),
            heard -> heard.size() >= events);
  }

  /** {@code type@version} of each. */
  public static List<String> names(List<Event> events) {
    return events.stream()
        .map(
            event ->
                event.getType().substring(event.getType().lastIndexOf('.') + 1)
                    + "@"
                    + event.getVersion())
        .toList();
  }

  public static <M extends Message> M payload(Event event, Class<M> type) {
    try {
      return event.getData().unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
