package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.cli.suite.SuiteDirectory;
import dev.fourthpillar.cli.suite.SuiteException;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.cli.suite.Tokens;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractBlockingStub;
import java.util.function.Function;

/** One question to a service of the suite that runs on this machine. */
final class SuiteCall {
  private static final String HOST = "127.0.0.1";
  private static final String SUBJECT = "fp";

  private SuiteCall() {}

  /** Of gRPC's generated code, for example {@code PeopleServiceGrpc::newBlockingStub}. */
  interface Stubs<S> {
    S on(Channel channel);
  }

  /**
   * @throws SuiteException when no suite runs there
   */
  static <S extends AbstractBlockingStub<S>, T> T ask(
      SuiteDirectory directory,
      SuitePort port,
      Role role,
      Stubs<S> stubs,
      Function<S, T> question) {
    var ports =
        directory
            .running()
            .orElseThrow(
                () ->
                    new SuiteException(
                        "no suite runs on %s (expected: ./fp up in another terminal)"
                            .formatted(directory.root())));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(HOST, ports.of(port)).usePlaintext().build();
    try {
      return question.apply(
          stubs.on(channel).withCallCredentials(new Tokens(directory).as(SUBJECT, role)));
    } finally {
      channel.shutdownNow();
    }
  }
}
