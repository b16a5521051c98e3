package dev.fourthpillar.budget.checkpoint;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static dev.fourthpillar.budget.checkpoint.Proofs.awaitCheckpoints;
import static dev.fourthpillar.budget.checkpoint.Proofs.check;
import static dev.fourthpillar.budget.checkpoint.Proofs.flaw;
import static dev.fourthpillar.budget.checkpoint.Proofs.prove;
import static dev.fourthpillar.budget.checkpoint.Proofs.world;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.proof.ProofCheck.Proven;
import dev.fourthpillar.proof.Signer;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random days of several people: every entry is proven by its day, and nothing else is. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class ProvenHistoriesTest {
  private static final List<String> ENGINEERS = List.of("ada", "bea", "cem", "dan", "eva");
  private static final LocalDate START = LocalDate.parse("2026-03-01");

  /** Of each proof; ProofFileTest flips all bits of one. */
  private static final int FLIPS = 10;

  @TempDir private Path folder;

  @Test
  void everyEntryIsProvenByItsDayAndNoFlippedBitPasses(TestDatabase database) throws IOException {
    int days = Dose.of(4, 60);
    Random random = new Random(Dose.seed());
    Path key = folder.resolve("key.pem");
    Signer.create(key);
    PublicKey trusted = Signer.read(key).publicKey();
    try (BudgetWorld world = world(database, START + "T06:00:00Z", key)) {
      awaitCheckpoints(world, 1);
      for (String engineer : ENGINEERS) {
        world.engineer(engineer, "USD");
        world.entitled(engineer, annual("a", "2026-01-01", "", "USD", "1000"));
        world.awaitAvailable(engineer, "USD", "1000");
      }
      long[] numbers = new long[ENGINEERS.size()];
      for (int day = 0; day < days; day++) {
        LocalDate date = START.plusDays(day);
        world.timeIs(date + "T12:00:00Z");
        for (int line = random.nextInt(12); line > 0; line--) {
          int who = random.nextInt(ENGINEERS.size());
          String dollars = BigDecimal.valueOf(1L + random.nextInt(5_000), 3).toPlainString();
          world.usage(
              settled(ENGINEERS.get(who), ++numbers[who], line(date + "T09:00:00Z", dollars)));
        }
        world.timeIs(date.plusDays(1) + "T00:00:00Z");
        awaitCheckpoints(world, day + 2);
      }
      for (int who = 0; who < ENGINEERS.size(); who++) {
        // The grant and one for each line.
        for (long entry = 1; entry <= numbers[who] + 1; entry++) {
          String proof = prove(world, ENGINEERS.get(who), entry);
          Proven proven = check(proof, trusted);
          assertThat(proven.entry().number()).isEqualTo(entry);
          assertThat(proven.checkpoint().day()).isEqualTo(day(proven.entry().recorded()));
          requireNoFlipPasses(proof, trusted, random);
        }
      }
    }
  }

  private static LocalDate day(Instant recorded) {
    return LocalDate.ofInstant(recorded, ZoneOffset.UTC);
  }

  private static void requireNoFlipPasses(String proof, PublicKey trusted, Random random) {
    for (int flip = 0; flip < FLIPS; flip++) {
      byte[] file = proof.getBytes(StandardCharsets.UTF_8);
      int bit = random.nextInt(file.length * 8);
      file[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(flaw(new String(file, StandardCharsets.ISO_8859_1), trusted))
          .as("bit %d of %s", bit, proof)
          .isNotNull();
    }
  }
}
