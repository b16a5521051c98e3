package dev.fourthpillar.budget.grant;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.budget.v1.ExtendGrantRequest;
import dev.fourthpillar.budget.v1.ExtendGrantResponse;
import dev.fourthpillar.budget.v1.GetGrantRequest;
import dev.fourthpillar.budget.v1.GetGrantResponse;
import dev.fourthpillar.budget.v1.GrantServiceGrpc;
import dev.fourthpillar.budget.v1.IssueGrantRequest;
import dev.fourthpillar.budget.v1.IssueGrantResponse;
import dev.fourthpillar.budget.v1.ListGrantsRequest;
import dev.fourthpillar.budget.v1.ListGrantsResponse;
import dev.fourthpillar.budget.v1.ReduceGrantRequest;
import dev.fourthpillar.budget.v1.ReduceGrantResponse;
import dev.fourthpillar.budget.v1.RevokeGrantRequest;
import dev.fourthpillar.budget.v1.RevokeGrantResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** GrantService: map, call, map. */
@Singleton
final class GrantEndpoint extends GrantServiceGrpc.GrantServiceImplBase {
  private final GrantService grants;

  GrantEndpoint(GrantService grants) {
    this.grants = grants;
  }

  @Override
  public void issueGrant(IssueGrantRequest request, StreamObserver<IssueGrantResponse> observer) {
    Reply.once(
        observer,
        grants.change(
            MutatingRequests.of(GrantServiceGrpc.getIssueGrantMethod(), request),
            GrantMapper.fromProto(request),
            grant -> IssueGrantResponse.newBuilder().setGrant(GrantMapper.toProto(grant)).build(),
            codec(IssueGrantResponse.parser())));
  }

  @Override
  public void getGrant(GetGrantRequest request, StreamObserver<GetGrantResponse> observer) {
    Reply.once(
        observer,
        GetGrantResponse.newBuilder()
            .setGrant(GrantMapper.toProto(grants.get(request.getEngineer(), request.getLot())))
            .build());
  }

  @Override
  public void listGrants(ListGrantsRequest request, StreamObserver<ListGrantsResponse> observer) {
    Reply.once(observer, GrantMapper.toProto(grants.list(request.getEngineer())));
  }

  @Override
  public void reduceGrant(
      ReduceGrantRequest request, StreamObserver<ReduceGrantResponse> observer) {
    Reply.once(
        observer,
        grants.change(
            MutatingRequests.of(GrantServiceGrpc.getReduceGrantMethod(), request),
            GrantMapper.fromProto(request),
            grant -> ReduceGrantResponse.newBuilder().setGrant(GrantMapper.toProto(grant)).build(),
            codec(ReduceGrantResponse.parser())));
  }

  @Override
  public void revokeGrant(
      RevokeGrantRequest request, StreamObserver<RevokeGrantResponse> observer) {
    Reply.once(
        observer,
        grants.change(
            MutatingRequests.of(GrantServiceGrpc.getRevokeGrantMethod(), request),
            GrantMapper.fromProto(request),
            grant -> RevokeGrantResponse.newBuilder().setGrant(GrantMapper.toProto(grant)).build(),
            codec(RevokeGrantResponse.parser())));
  }

  @Override
  public void extendGrant(
      ExtendGrantRequest request, StreamObserver<ExtendGrantResponse> observer) {
    Reply.once(
        observer,
        grants.change(
            MutatingRequests.of(GrantServiceGrpc.getExtendGrantMethod(), request),
            GrantMapper.fromProto(request),
            grant -> ExtendGrantResponse.newBuilder().setGrant(GrantMapper.toProto(grant)).build(),
            codec(ExtendGrantResponse.parser())));
  }

  /** An answer is kept as the message that it is given as. */
  private static <T extends Message> AnswerCodec<T> codec(Parser<T> parser) {
    return new AnswerCodec<>(
        Message::toByteArray,
        bytes -> {
          try {
            return parser.parseFrom(bytes);
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a kept answer is none of this method's", e);
          }
        });
  }
}
