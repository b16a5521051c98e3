package dev.fourthpillar.cli.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.PartitionBatch;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Somebody outside reads the same events, and comes to the same sums. */
final class SubscriberChapter implements Chapter {
  @Override
  public String title() {
    return "An outside subscriber reads the same charges (budget-service's event feed)";
  }

  @Override
  public void play(Scene scene) {
    Read read =
        scene
            .api()
            .of(
                SuiteService.BUDGET,
                EventFeedServiceGrpc::newBlockingStub,
                scene.api().subscriber())
            .call(SubscriberChapter::untilCaughtUp);
    scene.findings().charged(read.charged());
    Table table = new Table("engineer", ">charges", ">added up by the subscriber", ">the ledger");
    for (Employee employee : scene.employees()) {
      BigDecimal charged = read.charged().getOrDefault(employee.id(), BigDecimal.ZERO);
      var balance = scene.findings().balances().get(employee.id());
      BigDecimal booked =
          Monies.exact(balance.getSettled()).add(Monies.exact(balance.getOverage()));
      if (charged.compareTo(booked) != 0) {
        throw new DemoException(
            "%s: the subscriber adds up %s (expected: %s, as the ledger has it)"
                .formatted(employee.id(), charged, booked));
      }
      table.row(
          employee.id(),
          read.counts().getOrDefault(employee.id(), 0L),
          Monies.print(charged) + " " + employee.currency(),
          Monies.print(booked) + " " + employee.currency());
    }
    scene.narrator().show(table);
    scene
        .narrator()
        .say(
            "%,d events were for others, or of other types; their number is told, and nothing else."
                .formatted(read.skipped()));
  }

  private record Read(Map<String, BigDecimal> charged, Map<String, Long> counts, long skipped) {}

  private static Read untilCaughtUp(EventFeedServiceGrpc.EventFeedServiceBlockingStub feed) {
    Map<String, BigDecimal> charged = new TreeMap<>();
    Map<String, Long> counts = new TreeMap<>();
    long skipped = 0;
    CancellableContext subscription = Context.current().withCancellation();
    Context before = subscription.attach();
    try {
      Iterator<SubscribeResponse> responses =
          feed.subscribe(
              SubscribeRequest.newBuilder()
                  .addTypes(ChargeBooked.getDescriptor().getFullName())
                  .build());
      SubscribeResponse response;
      do {
        response = responses.next();
        for (PartitionBatch batch : response.getBatchesList()) {
          skipped += batch.getSkipped();
          for (Event event : batch.getEventsList()) {
            ChargeBooked charge = event.getData().unpack(ChargeBooked.class);
            charged.merge(
                charge.getEngineer(), Monies.exact(charge.getAccountAmount()), BigDecimal::add);
            counts.merge(charge.getEngineer(), 1L, Long::sum);
          }
        }
      } while (!response.hasCheckpoint());
      return new Read(charged, counts, skipped);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event whose payload is not what its type says", e);
    } finally {
      subscription.detach(before);
      subscription.cancel(null);
    }
  }
}
