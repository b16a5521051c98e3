package dev.fourthpillar.sample.echo;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.sample.v1.EchoRequest;
import dev.fourthpillar.sample.v1.EchoResponse;
import dev.fourthpillar.sample.v1.EchoServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** Gives back what it gets. */
@Singleton
final class EchoEndpoint extends EchoServiceGrpc.EchoServiceImplBase {
  @Override
  public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
    Reply.once(observer, EchoResponse.newBuilder().setPayload(request.getPayload()).build());
  }
}
