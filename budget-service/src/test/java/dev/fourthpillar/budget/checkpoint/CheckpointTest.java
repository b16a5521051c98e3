package dev.fourthpillar.budget.checkpoint;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static dev.fourthpillar.budget.checkpoint.Proofs.awaitCheckpoints;
import static dev.fourthpillar.budget.checkpoint.Proofs.check;
import static dev.fourthpillar.budget.checkpoint.Proofs.checkpoints;
import static dev.fourthpillar.budget.checkpoint.Proofs.finance;
import static dev.fourthpillar.budget.checkpoint.Proofs.flaw;
import static dev.fourthpillar.budget.checkpoint.Proofs.ledger;
import static dev.fourthpillar.budget.checkpoint.Proofs.proof;
import static dev.fourthpillar.budget.checkpoint.Proofs.prove;
import static dev.fourthpillar.budget.checkpoint.Proofs.world;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.CheckpointKey;
import dev.fourthpillar.budget.v1.ListCheckpointKeysRequest;
import dev.fourthpillar.events.v1.LedgerCheckpoint;
import dev.fourthpillar.proof.Flaw;
import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.Keys;
import dev.fourthpillar.proof.ProofCheck.Proven;
import dev.fourthpillar.proof.Signer;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days are signed, and entries are proven against what was signed. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class CheckpointTest {
  @TempDir private Path folder;
  private Path key;
  private TestDatabase database;

  /** A ledger of its own for each: days are signed one after the other. */
  @BeforeEach
  void aKeyAndALedger(TestDatabase shared) throws IOException {
    key = folder.resolve("key.pem");
    Signer.create(key);
    database = shared.another();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void eachDayIsSignedOnceAndItsEntriesAreProven() throws IOException {
    try (BudgetWorld one = world(database, "2026-03-01T12:00:00Z", key);
        BudgetWorld two = world(database, "2026-03-01T12:00:00Z", key)) {
      one.engineer("ada", "USD");
      one.engineer("bob", "USD");
      one.entitled("ada", annual("a", "2026-01-01", "", "USD", "100"));
      one.entitled("bob", annual("b", "2026-01-01", "", "USD", "100"));
      one.awaitAvailable("ada", "USD", "100");
      one.awaitAvailable("bob", "USD", "100");
      // The first one ever is of yesterday, when nobody had an entry.
      awaitCheckpoints(one, 1);
      one.usage(settled("ada", 1, line("2026-03-01T11:00:00Z", "3.5")));
      assertThat(Refusal.of(() -> prove(one, "ada", 2)).reason()).isEqualTo("NOT_RECORDED");

      one.timeIs("2026-03-02T00:00:00Z");
      two.timeIs("2026-03-02T00:00:00Z");
      awaitCheckpoints(one, 2);
      one.usage(settled("ada", 2, line("2026-03-02T00:00:00Z", "1")));
      // Two days without anybody to look.
      one.timeIs("2026-03-04T09:00:00Z");
      two.timeIs("2026-03-04T09:00:00Z");
      awaitCheckpoints(two, 4);

      List<LedgerCheckpoint> all = checkpoints(one).getCheckpointsList().reversed();
      assertThat(all).extracting(LedgerCheckpoint::getNumber).containsExactly(1L, 2L, 3L, 4L);
      assertThat(all.stream().map(each -> DateMapper.fromProto(each.getDay(), "day")))
          .containsExactly(
              LocalDate.parse("2026-02-28"),
              LocalDate.parse("2026-03-01"),
              LocalDate.parse("2026-03-02"),
              LocalDate.parse("2026-03-03"));
      assertThat(all).extracting(LedgerCheckpoint::getAccountCount).containsExactly(0L, 2L, 2L, 2L);
      assertThat(all.get(0).getPreviousRoot().toByteArray()).isEqualTo(Hash.ZERO.bytes());
      for (int i = 1; i < all.size(); i++) {
        assertThat(all.get(i).getPreviousRoot()).isEqualTo(all.get(i - 1).getRoot());
      }
      assertThat(all.get(3).getRoot()).as("nothing was booked").isEqualTo(all.get(2).getRoot());
      assertThat(one.events("ledger", LedgerCheckpoint.class)).isEqualTo(all);

      PublicKey trusted = Signer.read(key).publicKey();
      assertThat(keys(one)).extracting(CheckpointKey::getKeyId).containsExactly(Keys.id(trusted));
      assertThat(Keys.publicKey(keys(one).getFirst().getPublicKey().toByteArray()))
          .contains(trusted);
      Proven first = check(prove(one, "ada", 1), trusted);
      assertThat(first.entry().kind()).isEqualTo("GRANT");
      assertThat(first.lastEntry()).isEqualTo(2);
      assertThat(first.checkpoint().day()).isEqualTo("2026-03-01");
      Proven third = check(prove(two, "ada", 3), trusted);
      assertThat(third.entry().causeId()).isEqualTo("usage/ada/2");
      assertThat(third.entry().amount()).isEqualTo(1_000_000_000L);
      assertThat(third.checkpoint().day()).isEqualTo("2026-03-02");
      assertThat(check(prove(two, "bob", 1), trusted).entry().account())
          .isEqualTo("engineers/bob/USD");
    }
  }

  @Test
  void onlyWhoMaySeeAnEntryGetsItsProof() throws IOException {
    try (BudgetWorld world = signed()) {
      assertThat(proof(world, world.server().engineer("ada"), "ada", 1)).isNotEmpty();
      assertThat(refusal(world, world.server().engineer("bob"), "ada", 1))
          .isEqualTo("NOT_OWN_DATA");
      assertThat(refusal(world, world.server().as("boss", Role.MANAGER), "ada", 1))
          .isEqualTo("ROLE_MISSING");
      assertThat(refusal(world, finance(world), "ada", 99)).isEqualTo("NOT_FOUND");
      assertThat(refusal(world, finance(world), "nobody", 1)).isEqualTo("NOT_FOUND");
      assertThat(refusal(world, finance(world), "ada", 0)).isEqualTo("INVALID_FIELDS");
    }
  }

  @Test
  void whatIsChangedInTheDatabaseAfterwardsIsNoticed() throws IOException {
    try (BudgetWorld world = signed()) {
      PublicKey trusted = Signer.read(key).publicKey();
      assertThat(check(prove(world, "ada", 1), trusted).lastEntry()).isEqualTo(2);

      sql(world, "update journal set cause_id = 'usage/ada/7' where cause_id = 'usage/ada/1'");
      assertThat(flaw(prove(world, "ada", 1), trusted)).isEqualTo(Flaw.CHAIN);
      sql(world, "update journal set cause_id = 'usage/ada/1' where cause_id = 'usage/ada/7'");

      sql(world, "update checkpoint set root = sha256(root)");
      assertThat(flaw(prove(world, "ada", 1), trusted)).isEqualTo(Flaw.PATH);
    }
  }

  @Test
  void anotherKeySignsOnAndTheOldOneStaysReadable() throws IOException {
    Path other = folder.resolve("other.pem");
    Signer.create(other);
    try (BudgetWorld world = signed()) {
      assertThat(keys(world)).hasSize(1);
    }
    try (BudgetWorld world = world(database, "2026-03-03T12:00:00Z", other)) {
      awaitCheckpoints(world, 3);
      assertThat(keys(world))
          .extracting(CheckpointKey::getKeyId)
          .containsExactlyInAnyOrder(Signer.read(key).keyId(), Signer.read(other).keyId());
      assertThat(checkpoints(world).getCheckpointsList())
          .extracting(LedgerCheckpoint::getKeyId)
          .containsExactly(
              Signer.read(other).keyId(), Signer.read(key).keyId(), Signer.read(key).keyId());
      String proof = prove(world, "ada", 2);
      assertThat(check(proof, Signer.read(key).publicKey()).entry().number()).isEqualTo(2);
      assertThat(flaw(proof, Signer.read(other).publicKey())).isEqualTo(Flaw.KEY);
    }
  }

  @Test
  void withoutAKeyNothingIsSignedAndThatIsSaid() {
    try (BudgetWorld world = BudgetWorld.at(database, "2026-03-01T12:00:00Z")) {
      world.engineer("ada", "USD");
      world.entitled("ada", annual("a", "2026-01-01", "", "USD", "100"));
      world.awaitAvailable("ada", "USD", "100");

      Refusal refused = Refusal.of(() -> prove(world, "ada", 1));
      assertThat(refused.reason()).isEqualTo("NOT_RECORDED");
      assertThat(refused.message()).contains("no key to sign checkpoints with");
      assertThat(checkpoints(world).getCheckpointsList()).isEmpty();
    }
  }

  /** 1,030 accounts are two runs of leaves, and zed's is in the second. */
  @Test
  void accountsOfEveryRunAreProven() throws IOException {
    try (BudgetWorld world = world(database, "2026-03-01T12:00:00Z", key)) {
      awaitCheckpoints(world, 1);
      world.engineer("ada", "USD");
      world.engineer("zed", "USD");
      world.entitled("ada", annual("a", "2026-01-01", "", "USD", "100"));
      world.entitled("zed", annual("z", "2026-01-01", "", "USD", "100"));
      world.awaitAvailable("ada", "USD", "100");
      world.awaitAvailable("zed", "USD", "100");
      for (String table : List.of("account", "journal")) {
        sql(world, copies(world, table));
      }
      world.timeIs("2026-03-02T00:00:00Z");
      awaitCheckpoints(world, 2);

      assertThat(checkpoints(world).getCheckpoints(0).getAccountCount()).isEqualTo(1_030);
      PublicKey trusted = Signer.read(key).publicKey();
      assertThat(check(prove(world, "ada", 1), trusted).entry().account())
          .isEqualTo("engineers/ada/USD");
      assertThat(check(prove(world, "zed", 1), trusted).entry().account())
          .isEqualTo("engineers/zed/USD");
    }
  }

  /** 1,028 rows like ada's, of others. */
  private static String copies(BudgetWorld world, String table) {
    String columns =
        world
            .server()
            .database()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select string_agg(column_name, ', ' order by ordinal_position)
                            from information_schema.columns where table_name = :table
                            """)
                        .bind("table", table)
                        .mapTo(String.class)
                        .one());
    String values =
        columns
            .replaceFirst("\\baccount\\b", "'engineers/copy' || n || '/USD'")
            .replaceFirst("\\bengineer\\b", "'copy' || n");
    return "insert into %s (%s) select %s from %s, generate_series(1001, 2028) n where account = 'engineers/ada/USD'"
        .formatted(table, columns, values, table);
  }

  /** Ada with a grant and a settlement on 1 March, which is signed. */
  private BudgetWorld signed() {
    BudgetWorld world = world(database, "2026-03-01T12:00:00Z", key);
    awaitCheckpoints(world, 1);
    world.engineer("ada", "USD");
    world.entitled("ada", annual("a", "2026-01-01", "", "USD", "100"));
    world.awaitAvailable("ada", "USD", "100");
    world.usage(settled("ada", 1, line("2026-03-01T11:00:00Z", "3.5")));
    world.timeIs("2026-03-02T12:00:00Z");
    awaitCheckpoints(world, 2);
    return world;
  }

  private static List<CheckpointKey> keys(BudgetWorld world) {
    return ledger(world)
        .listCheckpointKeys(ListCheckpointKeysRequest.getDefaultInstance())
        .getKeysList();
  }

  private static String refusal(
      BudgetWorld world, BearerToken caller, String engineer, long entry) {
    return Refusal.of(() -> proof(world, caller, engineer, entry)).reason();
  }

  private static void sql(BudgetWorld world, String statement) {
    var _ = world.server().database().withHandle(handle -> handle.execute(statement));
  }
}
