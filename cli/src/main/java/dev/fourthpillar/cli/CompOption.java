package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.cli.suite.SuiteDirectory;
import dev.fourthpillar.cli.suite.SuiteException;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.cli.suite.Tokens;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc.CompensationServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractBlockingStub;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** {@code --data}: whose comp-service is asked, as the people system. */
final class CompOption {
  private static final String HOST = "127.0.0.1";
  private static final String SUBJECT = "fp";

  @Mixin private DataOption data = new DataOption();

  /** Of gRPC's generated code, for example {@code PeopleServiceGrpc::newBlockingStub}. */
  interface Stubs<S> {
    S on(Channel channel);
  }

  /**
   * Asks CompensationService.
   *
   * @throws SuiteException when no suite runs there
   */
  <T> T compensation(Function<CompensationServiceBlockingStub, T> question) {
    return ask(CompensationServiceGrpc::newBlockingStub, question);
  }

  /**
   * @throws SuiteException when no suite runs there
   */
  <S extends AbstractBlockingStub<S>, T> T ask(Stubs<S> stubs, Function<S, T> question) {
    SuiteDirectory directory = data.directory();
    var ports =
        directory
            .running()
            .orElseThrow(
                () ->
                    new SuiteException(
                        "no suite runs on %s (expected: ./fp up in another terminal)"
                            .formatted(directory.root())));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(HOST, ports.of(SuitePort.COMP)).usePlaintext().build();
    try {
      return question.apply(
          stubs.on(channel).withCallCredentials(new Tokens(directory).as(SUBJECT, Role.HR)));
    } finally {
      channel.shutdownNow();
    }
  }
}
