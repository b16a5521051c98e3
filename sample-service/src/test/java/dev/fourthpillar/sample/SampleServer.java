package dev.fourthpillar.sample;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc.EventFeedServiceBlockingStub;
import dev.fourthpillar.sample.v1.EchoServiceGrpc;
import dev.fourthpillar.sample.v1.EchoServiceGrpc.EchoServiceBlockingStub;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.sample.v1.PocketServiceGrpc.PocketServiceBlockingStub;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.TestService;
import io.grpc.ManagedChannel;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** The sample service in this JVM, with stubs of what it offers. */
public record SampleServer(TestService service) implements AutoCloseable {

  public static SampleServer start(TestDatabase database) {
    return start(database, Map.of());
  }

  /** With configuration that differs from the service's own. */
  public static SampleServer start(TestDatabase database, Map<String, Object> differences) {
    return new SampleServer(TestService.start(database, differences));
  }

  public ManagedChannel channel() {
    return service.channel();
  }

  public Jdbi database() {
    return service.database();
  }

  public <T> T bean(Class<T> type) {
    return service.bean(type);
  }

  public PocketServiceBlockingStub pockets(BearerToken caller) {
    return service.stub(PocketServiceGrpc::newBlockingStub, caller);
  }

  public EchoServiceBlockingStub echo(BearerToken caller) {
    return service.stub(EchoServiceGrpc::newBlockingStub, caller);
  }

  public EventFeedServiceBlockingStub feed(BearerToken caller) {
    return service.stub(EventFeedServiceGrpc::newBlockingStub, caller);
  }

  public BearerToken finance() {
    return as("finance-tool", Role.FINANCE);
  }

  public BearerToken as(String subject, Role... roles) {
    return service.as(subject, roles);
  }

  public BearerToken engineer(String id) {
    return service.engineer(id);
  }

  public String token(Caller caller) {
    return service.token(caller);
  }

  @Override
  public void close() {
    service.close();
  }
}
