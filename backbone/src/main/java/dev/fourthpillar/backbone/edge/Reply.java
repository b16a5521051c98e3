package dev.fourthpillar.backbone.edge;

import io.grpc.stub.StreamObserver;

/** Answers of unary calls. */
public final class Reply {
  private Reply() {}

  /** Sends the one answer of a call. What fails before is thrown, and becomes a typed failure. */
  public static <A> void once(StreamObserver<A> observer, A answer) {
    observer.onNext(answer);
    observer.onCompleted();
  }
}
