package dev.fourthpillar.usage.gate;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.events.v1.CollectionGateChanged;
import dev.fourthpillar.events.v1.CollectionGateState;
import dev.fourthpillar.usage.v1.CollectionGate;
import dev.fourthpillar.usage.v1.DocumentReference;
import dev.fourthpillar.usage.v1.GetCollectionGateRequest;
import dev.fourthpillar.usage.v1.GetCollectionGateResponse;
import dev.fourthpillar.usage.v1.SetCollectionGateRequest;
import dev.fourthpillar.usage.v1.SetCollectionGateResponse;
import java.time.Instant;
import java.util.Optional;

/** Gates between the contract and the domain. */
final class GateMapper {
  static final AnswerCodec<GateChange> CODEC =
      new AnswerCodec<>(change -> event(change, true).toByteArray(), GateMapper::fromBytes);

  private GateMapper() {}

  static GateChange fromProto(SetCollectionGateRequest request) {
    return new GateChange(
        request.getCountry(),
        0,
        request.getState() == CollectionGateState.COLLECTION_GATE_STATE_OPEN,
        Instant.EPOCH,
        request.hasImpactAssessment()
            ? Optional.of(document(request.getImpactAssessment(), "impact_assessment"))
            : Optional.empty(),
        request.hasWorksCouncilAgreement()
            ? Optional.of(document(request.getWorksCouncilAgreement(), "works_council_agreement"))
            : Optional.empty());
  }

  static Optional<Instant> since(SetCollectionGateRequest request) {
    return request.hasSince()
        ? Optional.of(TimestampMapper.fromProto(request.getSince()))
        : Optional.empty();
  }

  static Optional<Instant> asOf(GetCollectionGateRequest request) {
    return request.hasAsOf()
        ? Optional.of(TimestampMapper.fromProto(request.getAsOf()))
        : Optional.empty();
  }

  static SetCollectionGateResponse toSet(GateChange change) {
    return SetCollectionGateResponse.newBuilder().setGate(event(change, true)).build();
  }

  static GetCollectionGateResponse toGet(GateChange change) {
    return GetCollectionGateResponse.newBuilder()
        .setGate(event(change, change.version() > 0))
        .build();
  }

  static NewEvent event(GateChange change) {
    return NewEvent.of(
        change.country(),
        change.version(),
        CollectionGateChanged.newBuilder()
            .setCountry(change.country())
            .setState(state(change))
            .setSince(TimestampMapper.toProto(change.since()))
            .build());
  }

  private static CollectionGate event(GateChange change, boolean recorded) {
    CollectionGate.Builder gate =
        CollectionGate.newBuilder().setCountry(change.country()).setState(state(change));
    if (recorded) {
      gate.setSince(TimestampMapper.toProto(change.since()));
    }
    change.impact().ifPresent(document -> gate.setImpactAssessment(toProto(document)));
    change.worksCouncil().ifPresent(document -> gate.setWorksCouncilAgreement(toProto(document)));
    return gate.build();
  }

  private static GateChange fromBytes(byte[] bytes) {
    try {
      CollectionGate gate = CollectionGate.parseFrom(bytes);
      return new GateChange(
          gate.getCountry(),
          1,
          gate.getState() == CollectionGateState.COLLECTION_GATE_STATE_OPEN,
          TimestampMapper.fromProto(gate.getSince()),
          gate.hasImpactAssessment()
              ? Optional.of(document(gate.getImpactAssessment(), "impact_assessment"))
              : Optional.empty(),
          gate.hasWorksCouncilAgreement()
              ? Optional.of(document(gate.getWorksCouncilAgreement(), "works_council_agreement"))
              : Optional.empty());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept answer is no gate", e);
    }
  }

  private static CollectionGateState state(GateChange change) {
    return change.open()
        ? CollectionGateState.COLLECTION_GATE_STATE_OPEN
        : CollectionGateState.COLLECTION_GATE_STATE_CLOSED;
  }

  private static GateChange.Document document(DocumentReference reference, String field) {
    return new GateChange.Document(
        reference.getReference(), DateMapper.fromProto(reference.getDate(), field + ".date"));
  }

  private static DocumentReference toProto(GateChange.Document document) {
    return DocumentReference.newBuilder()
        .setReference(document.reference())
        .setDate(DateMapper.toProto(document.date()))
        .build();
  }
}
