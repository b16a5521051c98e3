package dev.fourthpillar.budget.balance;

import com.google.protobuf.ByteString;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.balance.ProofService.Part;
import dev.fourthpillar.budget.checkpoint.CheckpointMapper;
import dev.fourthpillar.budget.ledger.LedgerMapper;
import dev.fourthpillar.budget.v1.ProofBegin;
import dev.fourthpillar.budget.v1.ProofEnd;
import dev.fourthpillar.budget.v1.ProofEntries;
import dev.fourthpillar.budget.v1.ProofPart;
import dev.fourthpillar.budget.v1.ProveEntryRequest;
import dev.fourthpillar.budget.v1.ProveEntryResponse;

/** Proofs between the contract and the domain. */
final class ProofMapper {
  private ProofMapper() {}

  static AccountId account(ProveEntryRequest request) {
    return new AccountId(request.getEngineer(), request.getCurrencyCode());
  }

  static ProveEntryResponse toProto(Part part) {
    ProofPart.Builder proto = ProofPart.newBuilder();
    switch (part) {
      case Part.Begin begin ->
          proto.setBegin(
              ProofBegin.newBuilder()
                  .setAccount(begin.account().toString())
                  .setEntry(begin.entry())
                  .setPreviousHash(ByteString.copyFrom(begin.previous().bytes())));
      case Part.Entries entries ->
          proto.setEntries(
              ProofEntries.newBuilder()
                  .addAllEntries(
                      entries.entries().stream()
                          .map(entry -> LedgerMapper.toBooked(entry, entries.account().currency()))
                          .toList()));
      case Part.End end ->
          proto.setEnd(
              ProofEnd.newBuilder()
                  .setLeafIndex(end.way().leafIndex())
                  .addAllPath(
                      end.way().path().stream()
                          .map(hash -> ByteString.copyFrom(hash.bytes()))
                          .toList())
                  .setCheckpoint(CheckpointMapper.toProto(end.way().checkpoint())));
    }
    return ProveEntryResponse.newBuilder().setPart(proto).build();
  }
}
