package dev.fourthpillar.budget.checkpoint;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.checkpoint.CheckpointRepository.Found;
import dev.fourthpillar.budget.checkpoint.HeadTree.Run;
import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.MerkleTree;
import dev.fourthpillar.proof.Signer;
import dev.fourthpillar.proof.Statement;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Signs what the ledger says at the end of each UTC day, once, whichever replica comes first, and
 * tells how an account's head leads to what was signed.
 */
@Singleton
public final class CheckpointService {
  /** Accounts that are read at once. */
  private static final int ACCOUNTS = 1_000;

  private final Transactions transactions;
  private final CheckpointRepository rows;
  private final AccountStore accounts;
  private final FeedWriter feed;
  private final Optional<Signer> signer;

  CheckpointService(
      Transactions transactions,
      CheckpointRepository rows,
      AccountStore accounts,
      FeedWriter feed,
      CheckpointConfig config) {
    this.transactions = transactions;
    this.rows = rows;
    this.accounts = accounts;
    this.feed = feed;
    this.signer = config.signer();
  }

  /** Whether there is a key to sign with. */
  public boolean signs() {
    return signer.isPresent();
  }

  /**
   * Takes the checkpoint of the first day that is over and has none. The first one ever is
   * yesterday's: what was before is covered by it.
   *
   * @return whether one was taken
   */
  boolean takeNext() {
    return signer
        .map(key -> transactions.run(handle -> rows.elect(handle) && takeNext(handle, key)))
        .orElse(false);
  }

  private boolean takeNext(Handle handle, Signer key) {
    LocalDate today = LocalDate.ofInstant(accounts.now(handle), ZoneOffset.UTC);
    Optional<Statement> last = rows.last(handle).map(Checkpoint::statement);
    LocalDate day = last.map(each -> each.day().plusDays(1)).orElse(today.minusDays(1));
    if (!day.isBefore(today)) {
      return false;
    }
    HeadTree tree = heads(handle, day);
    List<Run> runs = tree.runs();
    Statement statement =
        new Statement(
            key.keyId(),
            last.map(Statement::number).orElse(0L) + 1,
            day,
            tree.size(),
            last.map(Statement::root).orElse(Hash.ZERO),
            HeadTree.root(runs));
    Checkpoint checkpoint = new Checkpoint(statement, key.sign(statement));
    rows.insert(handle, checkpoint, key.publicKey(), runs);
    feed.append(handle, CheckpointMapper.toEvent(checkpoint));
    return true;
  }

  /**
   * An entry of that day whose transaction has not committed yet is not seen, and is in the next
   * day's tree: what counts is what was signed, and the rows say what that was.
   */
  private HeadTree heads(Handle handle, LocalDate day) {
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    HeadTree tree = new HeadTree();
    String after = "";
    List<Found> found;
    do {
      found = rows.heads(handle, after, end, ACCOUNTS);
      List<Head> changed = new ArrayList<>();
      for (Found each : found) {
        each.head()
            .ifPresent(
                head -> {
                  tree.add(head);
                  if (head.entry() != each.stored()) {
                    changed.add(head);
                  }
                });
      }
      rows.insertHeads(handle, day, changed);
      after = found.isEmpty() ? after : found.getLast().account();
    } while (found.size() == ACCOUNTS);
    return tree;
  }

  /**
   * How an account's head leads to a checkpoint's root.
   *
   * @param lastEntry the entry that is the head
   * @param path from below
   */
  public record Way(Checkpoint checkpoint, long lastEntry, long leafIndex, List<Hash> path) {}

  /** The way from the first checkpoint that covers the entry; empty when none does yet. */
  public Optional<Way> covering(Handle handle, String account, long entry) {
    return rows.covering(handle, account, entry)
        .map(checkpoint -> way(handle, checkpoint, account));
  }

  private Way way(Handle handle, Checkpoint checkpoint, String account) {
    Statement statement = checkpoint.statement();
    List<Run> runs = rows.runs(handle, statement.number());
    int run = rows.runOf(handle, statement.number(), account);
    Optional<String> next =
        run + 1 < runs.size() ? Optional.of(runs.get(run + 1).firstAccount()) : Optional.empty();
    List<Head> heads = rows.headsOfRun(handle, statement.day(), runs.get(run).firstAccount(), next);
    List<Hash> leaves = heads.stream().map(Head::leaf).toList();
    if (!MerkleTree.root(leaves).equals(runs.get(run).root())) {
      throw new IllegalStateException(
          "checkpoint %d, run %d: its heads are not those that were signed"
              .formatted(statement.number(), run));
    }
    int place = heads.stream().map(Head::account).toList().indexOf(account);
    List<Hash> path = new ArrayList<>(MerkleTree.path(leaves, place));
    path.addAll(MerkleTree.path(runs.stream().map(Run::root).toList(), run));
    return new Way(checkpoint, heads.get(place).entry(), (long) run * MerkleTree.RUN + place, path);
  }

  /** Checkpoints, the newest first. */
  public Page<Checkpoint> checkpoints(PageRequest page) {
    return transactions.run(handle -> rows.checkpoints(handle, page));
  }

  /** Keys that ever signed, by id. */
  public Page<SigningKey> keys(PageRequest page) {
    return transactions.run(handle -> rows.keys(handle, page));
  }
}
