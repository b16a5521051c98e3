package dev.fourthpillar.benchmarks;

import dev.fourthpillar.sample.v1.EchoRequest;
import dev.fourthpillar.sample.v1.EchoResponse;
import dev.fourthpillar.sample.v1.EchoServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * Echo on grpc-java and nothing else, with the executor that the edge uses; ends with its input.
 */
final class BareEchoServer {
  private BareEchoServer() {}

  public static void main(String[] args) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(new Echo())
            .build()
            .start();
    ChildServer.announce(server.getPort(), "");
    ChildServer.awaitEndOfInput();
    server.shutdownNow();
  }

  private static final class Echo extends EchoServiceGrpc.EchoServiceImplBase {
    @Override
    public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
      observer.onNext(EchoResponse.newBuilder().setPayload(request.getPayload()).build());
      observer.onCompleted();
    }
  }
}
