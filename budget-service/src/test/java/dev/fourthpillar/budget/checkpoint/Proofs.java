package dev.fourthpillar.budget.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.ListCheckpointsRequest;
import dev.fourthpillar.budget.v1.ListCheckpointsResponse;
import dev.fourthpillar.budget.v1.ProofPart;
import dev.fourthpillar.budget.v1.ProveEntryRequest;
import dev.fourthpillar.budget.v1.ProveEntryResponse;
import dev.fourthpillar.proof.Flaw;
import dev.fourthpillar.proof.ProofCheck.Proven;
import dev.fourthpillar.proof.ProofException;
import dev.fourthpillar.proof.ProofFileCodec;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A service that signs, and proofs as files, got from it and checked without it. */
final class Proofs {
  private Proofs() {}

  static BudgetWorld world(TestDatabase database, String time, Path key) {
    return BudgetWorld.at(
        database,
        time,
        Map.of(
            "fourthpillar.checkpoint.key-file",
            key.toString(),
            "fourthpillar.checkpoint.interval",
            "50ms"));
  }

  static void awaitCheckpoints(BudgetWorld world, int count) {
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .untilAsserted(() -> assertThat(checkpoints(world).getCheckpointsList()).hasSize(count));
  }

  static ListCheckpointsResponse checkpoints(BudgetWorld world) {
    return ledger(world).listCheckpoints(ListCheckpointsRequest.getDefaultInstance());
  }

  /** Anybody may read what was signed, and with what. */
  static LedgerServiceGrpc.LedgerServiceBlockingStub ledger(BudgetWorld world) {
    return world
        .server()
        .stub(LedgerServiceGrpc::newBlockingStub, world.server().engineer("somebody"));
  }

  static BearerToken finance(BudgetWorld world) {
    return world.server().as("finance-tool", Role.FINANCE);
  }

  static String prove(BudgetWorld world, String engineer, long entry) {
    return proof(world, finance(world), engineer, entry);
  }

  static String proof(BudgetWorld world, BearerToken caller, String engineer, long entry) {
    Iterable<ProveEntryResponse> parts =
        () ->
            world
                .server()
                .stub(BalanceServiceGrpc::newBlockingStub, caller)
                .proveEntry(
                    ProveEntryRequest.newBuilder()
                        .setEngineer(engineer)
                        .setCurrencyCode("USD")
                        .setEntry(entry)
                        .build());
    Stream<ProofPart> all =
        StreamSupport.stream(parts.spliterator(), false).map(ProveEntryResponse::getPart);
    return all.map(ProofFileCodec::line).collect(Collectors.joining());
  }

  static Proven check(String proof, PublicKey trusted) throws IOException {
    return ProofFileCodec.check(new StringReader(proof), trusted);
  }

  static Flaw flaw(String proof, PublicKey trusted) {
    ProofException refused =
        catchThrowableOfType(ProofException.class, () -> check(proof, trusted));
    assertThat(refused).as("refused").isNotNull();
    return refused.flaw();
  }
}
