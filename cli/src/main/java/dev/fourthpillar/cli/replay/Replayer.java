package dev.fourthpillar.cli.replay;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.cli.suite.Ports;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.cli.suite.Tokens;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends recorded telemetry to the usage-service of a suite, and reads what became of it. */
public final class Replayer {
  private static final String HOST = "127.0.0.1";
  private static final String SUBJECT = "fp-replay";

  private final Ports ports;
  private final Tokens tokens;

  public Replayer(Ports ports, Tokens tokens) {
    this.ports = ports;
    this.tokens = tokens;
  }

  /**
   * What a replay came to.
   *
   * @param exports that were sent
   * @param warnings of the receiver
   * @param totals of the span of time that the exports tell of, other usage of it included
   */
  public record Outcome(int exports, List<String> warnings, Totals totals) {
    public Outcome {
      warnings = List.copyOf(warnings);
    }

    public String table() {
      return TotalsPrinter.table(totals);
    }

    public String json() {
      return TotalsPrinter.json(totals, exports, warnings);
    }
  }

  /**
   * What was sent.
   *
   * @param first time that the exports tell of
   * @param last time that they tell of
   */
  public record Sent(int exports, List<String> warnings, Instant first, Instant last) {
    public Sent {
      warnings = List.copyOf(warnings);
    }
  }

  /** The first time that the captures tell of, as they are. */
  public static Instant oldest(ReplayOrder order) {
    return Times.of(CaptureFolder.read(order.folder()).stream().map(Capture::decode).toList())
        .first();
  }

  /** Sends, and reads what each model consumed. */
  public Outcome run(ReplayOrder order, Instant end) throws InterruptedException {
    Sent sent = send(order, end);
    return new Outcome(sent.exports(), sent.warnings(), totals(sent));
  }

  /**
   * Returns when everything is durable at the receiver.
   *
   * @param end when the new run ends; not used where the captures stay untouched
   * @throws ReplayException when something cannot be read, or is not taken
   */
  public Sent send(ReplayOrder order, Instant end) {
    List<Capture> captures = CaptureFolder.read(order.folder());
    List<ExportRequest> exports = captures.stream().map(Capture::decode).toList();
    List<String> warnings = new ArrayList<>();
    int sent = 0;
    Times times;
    try (OtlpSender sender = sender(order)) {
      Replay replay = new Replay(sender, order.parallel());
      List<Replay.Export> bodies;
      if (order.raw()) {
        times = Times.of(exports);
        bodies = replay.untouched(captures);
      } else {
        List<ExportRequest> again = Replay.another(exports, end, order.salt());
        times = Times.of(again);
        bodies = replay.written(captures, again);
      }
      List<Replay.Export> inOrder = new ArrayList<>(bodies);
      if (order.reversed()) {
        Collections.reverse(inOrder);
      }
      for (int pass = 0; pass < order.times(); pass++) {
        warnings.addAll(replay.send(inOrder));
        sent += inOrder.size();
      }
    }
    return new Sent(sent, warnings, times.first(), times.last());
  }

  private Totals totals(Sent sent) throws InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(HOST, ports.of(SuitePort.USAGE)).usePlaintext().build();
    try {
      return Totals.settled(
          UsageQueryServiceGrpc.newBlockingStub(channel)
              .withCallCredentials(tokens.as(SUBJECT, Role.OPERATOR)),
          sent.first(),
          sent.last());
    } finally {
      channel.shutdownNow();
    }
  }

  private OtlpSender sender(ReplayOrder order) {
    Optional<String> engineer = order.engineer();
    String token = tokens.mint(SUBJECT, engineer, Set.of(Role.INGEST), LocalIssuer.DEFAULT_TTL);
    String http = "http://" + ports.address(SuitePort.OTLP_HTTP);
    return switch (order.protocol()) {
      case GRPC -> new GrpcSender(HOST, ports.of(SuitePort.OTLP_GRPC), Tokens.bearing(token));
      case HTTP_PROTOBUF -> new HttpSender(http, token, OtlpEncoding.PROTOBUF);
      case HTTP_JSON -> new HttpSender(http, token, OtlpEncoding.JSON);
    };
  }
}
