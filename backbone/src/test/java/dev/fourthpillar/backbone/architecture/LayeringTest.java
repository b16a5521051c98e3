package dev.fourthpillar.backbone.architecture;

import static dev.fourthpillar.testkit.architecture.LayeringRule.SQL_STAYS_IN_REPOSITORIES;
import static dev.fourthpillar.testkit.architecture.LayeringRule.WIRE_TYPES_STOP_AT_THE_EDGE;

import dev.fourthpillar.testkit.architecture.LayeringRules;
import org.junit.jupiter.api.Test;

/**
 * The backbone keeps the layering that it asks of the services, but for the classes whose very task
 * is a transport or a connection.
 */
final class LayeringTest {
  private static final String ROOT = "dev.fourthpillar.backbone.";
  private static final String PAYLOAD = "an event's payload is a message of the contract";
  private static final String STREAM = "it drives a gRPC stream";

  @Test
  void theBackboneIsLayered() {
    LayeringRules.of("dev.fourthpillar.backbone")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.Audience", "roles are the contract's")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.EventType", "reads the contract's rules")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.NewEvent", PAYLOAD)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.StoredEvent", PAYLOAD)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.FeedWriter", PAYLOAD)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.FeedLog", PAYLOAD)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.consume.EventHandler", PAYLOAD)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.consume.FeedConsumer", PAYLOAD)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.consume.FeedSource", PAYLOAD)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.consume.Parts", PAYLOAD)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.consume.GrpcFeedSource", STREAM)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.peer.PeerConsumers", "it connects")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.peer.PeerCredentials", "it is shown")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.peer.PeerToken", "it is shown")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "check.ServiceCheck", "it is a client")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "feed.subscribe.SubscriptionStreams", STREAM)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "stream.AnswerStreams", STREAM)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "stream.BatchStream", STREAM)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "stream.CallerStreams", STREAM)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "stream.StreamPump", STREAM)
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "drain.Drain", "it shuts the server down")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "health.ServiceHealth", "gRPC health is told")
        .except(WIRE_TYPES_STOP_AT_THE_EDGE, ROOT + "telemetry.Redacted", "it prints messages")
        .except(
            WIRE_TYPES_STOP_AT_THE_EDGE,
            ROOT + "storage.Transactions",
            "io.grpc.Context says whether the call goes on")
        .except(
            WIRE_TYPES_STOP_AT_THE_EDGE,
            ROOT + "storage.StatementCanceller",
            "io.grpc.Context says when the call ends")
        .except(
            WIRE_TYPES_STOP_AT_THE_EDGE,
            ROOT + "storage.WantedCall",
            "io.grpc.Context says whether the call is still wanted")
        .except(SQL_STAYS_IN_REPOSITORIES, ROOT + "storage.Transactions", "it is the transaction")
        .except(
            SQL_STAYS_IN_REPOSITORIES,
            ROOT + "storage.JdbiSettings",
            "it is what every Jdbi of a service has in common")
        .except(SQL_STAYS_IN_REPOSITORIES, ROOT + "storage.SqlArrays", "it binds parameters")
        .except(
            SQL_STAYS_IN_REPOSITORIES, ROOT + "storage.StatementCanceller", "it cancels statements")
        .except(
            SQL_STAYS_IN_REPOSITORIES, ROOT + "storage.StorageFailures", "it reads SQLSTATE codes")
        .except(SQL_STAYS_IN_REPOSITORIES, ROOT + "health.DatabaseProbe", "it probes a connection")
        .except(SQL_STAYS_IN_REPOSITORIES, ROOT + "health.SchemaVersion", "it reads the schema")
        .except(
            SQL_STAYS_IN_REPOSITORIES, ROOT + "outcome.Outcomes", "it joins the caller's handle")
        .except(SQL_STAYS_IN_REPOSITORIES, ROOT + "outcome.OutcomeSweep", "it owns transactions")
        .check();
  }
}
