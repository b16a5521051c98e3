package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.cli.SuiteCall.Stubs;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc.CompensationServiceBlockingStub;
import io.grpc.stub.AbstractBlockingStub;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** {@code --data}: whose comp-service is asked, as the people system. */
final class CompOption {
  @Mixin private DataOption data = new DataOption();

  /** Asks CompensationService. */
  <T> T compensation(Function<CompensationServiceBlockingStub, T> question) {
    return ask(CompensationServiceGrpc::newBlockingStub, question);
  }

  <S extends AbstractBlockingStub<S>, T> T ask(Stubs<S> stubs, Function<S, T> question) {
    return SuiteCall.ask(data.directory(), SuitePort.COMP, Role.HR, stubs, question);
  }
}
