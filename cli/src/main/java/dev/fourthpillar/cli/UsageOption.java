package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.cli.SuiteCall.Stubs;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc.IdentityServiceBlockingStub;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc.PriceBookServiceBlockingStub;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;
import io.grpc.stub.AbstractBlockingStub;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** {@code --data}: whose usage-service is asked. */
final class UsageOption {
  @Mixin private DataOption data = new DataOption();

  DataOption data() {
    return data;
  }

  /** Asks IdentityService, as an operator. */
  <T> T identities(Function<IdentityServiceBlockingStub, T> question) {
    return ask(Role.OPERATOR, IdentityServiceGrpc::newBlockingStub, question);
  }

  /** Asks PriceBookService, as finance. */
  <T> T prices(Function<PriceBookServiceBlockingStub, T> question) {
    return ask(Role.FINANCE, PriceBookServiceGrpc::newBlockingStub, question);
  }

  /** Asks ReconciliationService, as finance. */
  <T> T reconciliation(Function<ReconciliationServiceBlockingStub, T> question) {
    return ask(Role.FINANCE, ReconciliationServiceGrpc::newBlockingStub, question);
  }

  /** Asks IngestService, as who sends usage. */
  <T> T ingest(Function<IngestServiceBlockingStub, T> question) {
    return ask(Role.INGEST, IngestServiceGrpc::newBlockingStub, question);
  }

  private <S extends AbstractBlockingStub<S>, T> T ask(
      Role role, Stubs<S> stubs, Function<S, T> question) {
    return SuiteCall.ask(data.directory(), SuitePort.USAGE, role, stubs, question);
  }
}
