package dev.fourthpillar.usage.conflict;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.usage.v1.ListConflictsRequest;
import dev.fourthpillar.usage.v1.ListConflictsResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** ReconciliationService, conflicts: map, call, map. */
@Singleton
public final class ConflictsEndpoint {
  private final ConflictService conflicts;

  ConflictsEndpoint(ConflictService conflicts) {
    this.conflicts = conflicts;
  }

  public void list(ListConflictsRequest request, StreamObserver<ListConflictsResponse> observer) {
    Reply.once(
        observer,
        ConflictMapper.toProto(
            conflicts.list(ConflictMapper.fromProto(request), ConflictMapper.page(request)),
            request));
  }
}
