package dev.fourthpillar.usage.receive.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.fourthpillar.backbone.edge.error.FailureMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/**
 * HTTP answers as OTLP wants them: messages and {@code google.rpc.Status} in the request's
 * encoding.
 */
final class OtlpHttpAnswers {
  static final String PROTOBUF = "application/x-protobuf";
  static final String JSON = "application/json";

  /** A database that is away comes back in seconds. */
  private static final String RETRY_AFTER_SECONDS = "1";

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorInfo.getDescriptor())
                  .add(BadRequest.getDescriptor())
                  .add(RetryInfo.getDescriptor())
                  .build());

  private OtlpHttpAnswers() {}

  /** The encoding that the request says it has; empty for what OTLP does not know. */
  static Optional<OtlpEncoding> statedEncoding(HttpRequest request) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    int parameters = type.indexOf(';');
    String plain = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    if (plain.equalsIgnoreCase(PROTOBUF)) {
      return Optional.of(OtlpEncoding.PROTOBUF);
    }
    return plain.equalsIgnoreCase(JSON) ? Optional.of(OtlpEncoding.JSON) : Optional.empty();
  }

  /** The encoding to answer in; readable where the request's is not known. */
  static OtlpEncoding encoding(HttpRequest request) {
    return statedEncoding(request).orElse(OtlpEncoding.JSON);
  }

  static FullHttpResponse success(Message answer, OtlpEncoding encoding, boolean keepAlive) {
    return response(HttpResponseStatus.OK, answer, encoding, keepAlive);
  }

  static FullHttpResponse failure(Failure failure, OtlpEncoding encoding, boolean keepAlive) {
    HttpResponseStatus code =
        switch (failure.reason()) {
          case INVALID_FIELDS -> HttpResponseStatus.BAD_REQUEST;
          case TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED -> HttpResponseStatus.UNAUTHORIZED;
          case ROLE_MISSING -> HttpResponseStatus.FORBIDDEN;
          case LIMIT_EXCEEDED -> HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
          case STORAGE_UNAVAILABLE, ISSUER_UNAVAILABLE, DRAINING ->
              HttpResponseStatus.SERVICE_UNAVAILABLE;
          default -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
        };
    FullHttpResponse response = response(code, FailureMapper.toProto(failure), encoding, keepAlive);
    if (code.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response;
  }

  /** What HTTP itself refuses, before it is a matter of OTLP. */
  static FullHttpResponse refusal(
      HttpResponseStatus code, String message, OtlpEncoding encoding, boolean keepAlive) {
    Status status =
        Status.newBuilder()
            .setCode(com.google.rpc.Code.INVALID_ARGUMENT_VALUE)
            .setMessage(message)
            .build();
    return response(code, status, encoding, keepAlive);
  }

  private static FullHttpResponse response(
      HttpResponseStatus code, Message body, OtlpEncoding encoding, boolean keepAlive) {
    byte[] bytes =
        switch (encoding) {
          case PROTOBUF -> body.toByteArray();
          case JSON -> json(body).getBytes(UTF_8);
        };
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, code, Unpooled.wrappedBuffer(bytes));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, encoding == OtlpEncoding.JSON ? JSON : PROTOBUF)
        .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }

  private static String json(Message body) {
    try {
      return PRINTER.print(body);
    } catch (InvalidProtocolBufferException unknownDetail) {
      throw new IllegalStateException("a detail of a failure is not registered", unknownDetail);
    }
  }
}
