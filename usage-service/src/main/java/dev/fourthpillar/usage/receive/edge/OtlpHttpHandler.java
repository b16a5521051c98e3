package dev.fourthpillar.usage.receive.edge;

import com.google.common.hash.HashCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.storage.StorageFailures;
import dev.fourthpillar.usage.otlp.OtlpCompression;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of one connection, one after the other, on threads that may block. */
final class OtlpHttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpHttpHandler.class);

  private final OtlpExportEndpoint endpoint;
  private final SenderAccess access;
  private final ExecutorService threads;
  private final RecentRequests recent;
  private final UnderWay underWay;
  private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

  OtlpHttpHandler(
      OtlpExportEndpoint endpoint,
      SenderAccess access,
      RecentRequests recent,
      ExecutorService threads,
      UnderWay underWay) {
    this.endpoint = endpoint;
    this.recent = recent;
    this.access = access;
    this.threads = threads;
    this.underWay = underWay;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext connection, FullHttpRequest request) {
    Request read = Request.of(request);
    underWay.begin();
    // Nothing more is read from who does not wait for an answer.
    connection.channel().config().setAutoRead(false);
    before =
        before
            .thenRunAsync(() -> answer(connection, read), threads)
            .whenComplete((_, _) -> underWay.end());
  }

  private void answer(ChannelHandlerContext connection, Request request) {
    FullHttpResponse response = response(request);
    connection
        .writeAndFlush(response)
        .addListener(
            request.keepAlive
                ? _ -> connection.channel().config().setAutoRead(true)
                : ChannelFutureListener.CLOSE);
  }

  private FullHttpResponse response(Request request) {
    try {
      return refusal(request).orElseGet(() -> export(request));
    } catch (RuntimeException thrown) {
      return OtlpHttpAnswers.failure(failure(thrown), request.answerIn(), request.keepAlive);
    }
  }

  private Optional<FullHttpResponse> refusal(Request request) {
    if (request.signal.isEmpty()) {
      return Optional.of(
          request.refused(
              HttpResponseStatus.NOT_FOUND,
              "path: unknown (expected: /v1/logs, /v1/metrics or /v1/traces)"));
    }
    if (!request.post) {
      return Optional.of(
          request.refused(HttpResponseStatus.METHOD_NOT_ALLOWED, "method: not POST"));
    }
    if (request.encoding.isEmpty()) {
      return Optional.of(
          request.refused(
              HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
              "content-type: unknown (expected: application/x-protobuf or application/json)"));
    }
    if (request.compression.isEmpty()) {
      return Optional.of(
          request.refused(
              HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
              "content-encoding: unknown (expected: gzip, or none)"));
    }
    return Optional.empty();
  }

  private FullHttpResponse export(Request request) {
    Caller sender = access.admit(request.path, request.authorization);
    HashCode hash =
        RecentRequests.hash(
            request.path + " " + request.encoding + " " + request.compression,
            sender,
            request.body);
    Message answer = recent.answer(hash).orElseGet(() -> export(request, sender));
    recent.answered(hash, answer);
    return OtlpHttpAnswers.success(answer, request.answerIn(), request.keepAlive);
  }

  private Message export(Request request, Caller sender) {
    return endpoint.export(
        request.signal.orElseThrow(),
        request.encoding.orElseThrow(),
        request.compression.orElseThrow(),
        request.body,
        sender);
  }

  private static Failure failure(RuntimeException thrown) {
    if (thrown instanceof FailureException known) {
      return known.failure();
    }
    return StorageFailures.find(thrown)
        .orElseGet(
            () -> {
              LOG.error("an export failed", thrown);
              return Failure.of(Reason.INTERNAL, "internal error");
            });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext connection, Throwable cause) {
    // A connection that broke, or bytes that are no HTTP: nobody is there to be told.
    LOG.debug("an OTLP connection is closed: {}", cause.getClass().getName());
    var _ = connection.close();
  }

  /** What is needed of a request once its buffers are gone. */
  private record Request(
      String path,
      boolean post,
      Optional<OtlpSignal> signal,
      Optional<OtlpEncoding> encoding,
      Optional<OtlpCompression> compression,
      @Nullable String authorization,
      ByteString body,
      boolean keepAlive) {

    static Request of(FullHttpRequest request) {
      String uri = request.uri();
      int query = uri.indexOf('?');
      String path = query < 0 ? uri : uri.substring(0, query);
      return new Request(
          path,
          request.method().equals(HttpMethod.POST),
          switch (path) {
            case "/v1/logs" -> Optional.of(OtlpSignal.LOGS);
            case "/v1/metrics" -> Optional.of(OtlpSignal.METRICS);
            case "/v1/traces" -> Optional.of(OtlpSignal.TRACES);
            default -> Optional.empty();
          },
          OtlpHttpAnswers.statedEncoding(request),
          compression(request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "")),
          request.headers().get(HttpHeaderNames.AUTHORIZATION),
          ByteString.copyFrom(request.content().nioBuffer()),
          HttpUtil.isKeepAlive(request));
    }

    private static Optional<OtlpCompression> compression(String stated) {
      return switch (stated.strip().toLowerCase(Locale.ROOT)) {
        case "", "identity" -> Optional.of(OtlpCompression.NONE);
        case "gzip" -> Optional.of(OtlpCompression.GZIP);
        default -> Optional.empty();
      };
    }

    OtlpEncoding answerIn() {
      return encoding.orElse(OtlpEncoding.JSON);
    }

    FullHttpResponse refused(HttpResponseStatus code, String message) {
      return OtlpHttpAnswers.refusal(code, message, answerIn(), keepAlive);
    }
  }
}
