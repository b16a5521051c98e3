package dev.fourthpillar.budget.checkpoint;

import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.budget.v1.CheckpointKey;
import dev.fourthpillar.events.v1.LedgerCheckpoint;
import dev.fourthpillar.proof.ProofMapper;

/** Checkpoints as the contract has them. */
public final class CheckpointMapper {
  /** All checkpoints are events of one key. */
  private static final String KEY = "ledger";

  private CheckpointMapper() {}

  public static LedgerCheckpoint toProto(Checkpoint checkpoint) {
    return ProofMapper.toProto(checkpoint.statement(), checkpoint.signature());
  }

  public static CheckpointKey toProto(SigningKey key) {
    return CheckpointKey.newBuilder()
        .setKeyId(key.id())
        .setPublicKey(ByteString.copyFrom(key.encoded()))
        .setFirstDay(DateMapper.toProto(key.firstDay()))
        .build();
  }

  static NewEvent toEvent(Checkpoint checkpoint) {
    return NewEvent.of(KEY, checkpoint.statement().number(), toProto(checkpoint));
  }
}
