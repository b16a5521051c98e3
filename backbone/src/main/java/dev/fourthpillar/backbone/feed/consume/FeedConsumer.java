package dev.fourthpillar.backbone.feed.consume;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.subscribe.CursorMapper;
import dev.fourthpillar.backbone.repeat.Backoff;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.PartitionBatch;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes another service's feed for as long as it runs, exactly once in effect: what the handler
 * does and how far it has come are one transaction, and the cursor moves only from where this
 * replica believes it to be. Whatever fails is tried again, later and later, up to {@link
 * #LONGEST_BACKOFF}.
 */
public final class FeedConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedConsumer.class);

  static final Duration LEASE_TTL = Duration.ofSeconds(15);
  private static final Duration RENEW_EVERY = LEASE_TTL.dividedBy(3);

  /**
   * Three checkpoints that did not come: the other side is gone without a word, and somebody else
   * may reach it.
   */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final ConsumerId id;
  private final Jdbi jdbi;
  private final FeedSource source;
  private final Set<String> types;
  private final EventHandler handler;
  private final ConsumptionTrace trace;
  private final CursorRepository cursors;
  private final LeaseRepository leases;
  private final LongAdder applied = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final Thread thread;
  private volatile @Nullable Instant completeUntil;
  private volatile boolean stopped;
  private boolean begun;

  /**
   * @param id under which the cursors are kept
   * @param jdbi of the consuming service's database
   * @param source the feed
   * @param types the event types it wants; empty = all that it may see
   * @param replica names this replica among the consumer's; a later process of that name takes its
   *     leases over
   * @param handler what it makes of the events
   * @param tracer of the spans in which it does
   */
  public FeedConsumer(
      ConsumerId id,
      Jdbi jdbi,
      FeedSource source,
      Set<String> types,
      String replica,
      EventHandler handler,
      Tracer tracer) {
    this.id = id;
    this.jdbi = jdbi;
    this.source = source;
    this.types = Set.copyOf(types);
    this.handler = handler;
    this.trace = new ConsumptionTrace(tracer, id);
    this.cursors = new CursorRepository(id);
    this.leases = new LeaseRepository(id, replica, UUID.randomUUID(), LEASE_TTL);
    this.thread =
        Thread.ofVirtual().name("consume-" + id.source() + "-" + id.name()).unstarted(this::run);
  }

  public FeedConsumer start() {
    thread.start();
    return this;
  }

  /** Events whose effects this process has committed. */
  public long applied() {
    return applied.sum();
  }

  /** How often this process had to begin again after an error. */
  public long failures() {
    return failures.sum();
  }

  /**
   * Up to when, by the clock of the feed's database, everything in the partitions of this process
   * is applied; empty before it has caught up for the first time. Moves with each checkpoint.
   */
  public Optional<Instant> completeUntil() {
    return Optional.ofNullable(completeUntil);
  }

  private void run() {
    Backoff backoff = new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF);
    while (!stopped) {
      long before = applied.sum();
      try {
        consume();
      } catch (InterruptedException _) {
        return;
      } catch (Throwable e) {
        // Errors too: whatever it is, the events are still there and somebody has to apply them.
        if (stopped) {
          return;
        }
        failures.increment();
        if (applied.sum() > before) {
          backoff.reset();
        }
        Duration wait = backoff.next();
        LOG.warn(
            "consumer '{}' of '{}' begins again in {}: {}",
            id.name(),
            id.source(),
            wait,
            e.toString());
        pause(wait);
      }
    }
  }

  private void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException _) {
      stopped = true;
    }
  }

  /** Reads with the leases held now, until they change or something fails. */
  private void consume() throws InterruptedException {
    List<Cursor> floors =
        source.partitions().getPartitionsList().stream()
            .map(p -> CursorMapper.fromProto(p.getFloor()))
            .toList();
    Set<Integer> held =
        jdbi.inTransaction(
            handle -> {
              cursors.ensure(handle, floors);
              leases.ensure(handle, floors.stream().map(Cursor::partition).toList());
              if (!begun) {
                leases.takeOver(handle);
              }
              return leases.renew(handle);
            });
    begun = true;
    if (held.isEmpty()) {
      Thread.sleep(RENEW_EVERY);
      return;
    }
    List<Cursor> from = jdbi.withHandle(handle -> cursors.read(handle, held));
    try (FeedSource.Stream stream = source.subscribe(from, types)) {
      follow(stream, held);
    }
  }

  /** Applies what comes, until the leases change or the other side falls silent. */
  private void follow(FeedSource.Stream stream, Set<Integer> held) throws InterruptedException {
    long renewAt = System.nanoTime() + RENEW_EVERY.toNanos();
    long silentAt = System.nanoTime() + MAX_SILENCE.toNanos();
    while (!stopped) {
      if (System.nanoTime() - renewAt >= 0) {
        if (!jdbi.inTransaction(leases::renew).equals(held)) {
          return;
        }
        renewAt = System.nanoTime() + RENEW_EVERY.toNanos();
      }
      Optional<SubscribeResponse> response =
          stream.next(Duration.ofNanos(Math.max(0, renewAt - System.nanoTime())));
      if (response.isPresent()) {
        silentAt = System.nanoTime() + MAX_SILENCE.toNanos();
        apply(response.get());
      } else if (System.nanoTime() - silentAt >= 0) {
        throw new IllegalStateException("no checkpoint for " + MAX_SILENCE);
      }
    }
  }

  private void apply(SubscribeResponse response) {
    Parts.of(response.getBatchesList(), handler.atOnce()).forEach(this::apply);
    if (response.hasCheckpoint()) {
      completeUntil = TimestampMapper.fromProto(response.getCheckpoint().getCompleteUntil());
    }
  }

  /** Effects and cursors of a part of a message, together or not at all. */
  private void apply(List<PartitionBatch> batches) {
    List<CursorRepository.Move> moves =
        batches.stream()
            .map(
                b ->
                    new CursorRepository.Move(
                        b.getFromPosition(), CursorMapper.fromProto(b.getTo())))
            .toList();
    List<Event> events = batches.stream().flatMap(b -> b.getEventsList().stream()).toList();
    trace.around(
        events.stream().map(Event::getTraceparent).toList(),
        () ->
            jdbi.useTransaction(
                handle -> {
                  // First the cursors: a replica that is late is turned away before it has worked.
                  cursors.advance(handle, moves);
                  handler.apply(handle, events);
                }));
    applied.add(events.size());
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(STOP_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    try {
      jdbi.useTransaction(leases::release);
    } catch (RuntimeException e) {
      LOG.debug("the leases of '{}' run out by themselves", id.name(), e);
    }
  }
}
