package dev.fourthpillar.comp.calculate;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc.CompensationServiceBlockingStub;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;

/** A comp service and the tool of HR that has it calculate offers. */
record OfferTool(TestService service, CompensationServiceBlockingStub compensation)
    implements AutoCloseable {

  static OfferTool start(TestDatabase database) {
    TestService service = TestService.start(database);
    return new OfferTool(
        service,
        service.stub(CompensationServiceGrpc::newBlockingStub, service.as("offer-tool", Role.HR)));
  }

  /** A request in the text format. */
  static <B extends Message.Builder> B parsed(String text, B builder) {
    try {
      TextFormat.merge(text, builder);
      return builder;
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
