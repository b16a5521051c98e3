package dev.fourthpillar.usage.receive.edge;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Collects a request up to the limit; what is larger is answered in its own encoding as soon as
 * that is known. The rest of it is thrown away, and the connection closed behind it: closed before,
 * with bytes on their way, TCP would reset it, and its sender would often not see the answer.
 */
final class OtlpHttpAggregator extends HttpObjectAggregator {
  /** How long a sender may take for the rest of what is too large. */
  private static final Duration MAX_REST = Duration.ofSeconds(30);

  private Optional<ChannelFuture> answered = Optional.empty();

  OtlpHttpAggregator(int maxBytes) {
    super(maxBytes);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext connection, HttpMessage oversized) {
    answered =
        Optional.of(
            connection.writeAndFlush(
                OtlpHttpAnswers.failure(
                    OtlpAnswerMapper.tooLarge(),
                    OtlpHttpAnswers.encoding((HttpRequest) oversized),
                    false)));
    var _ =
        connection
            .executor()
            .schedule(() -> cut(connection), MAX_REST.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void cut(ChannelHandlerContext connection) {
    var _ = connection.close();
  }

  @Override
  protected void decode(ChannelHandlerContext connection, HttpObject part, List<Object> whole)
      throws Exception {
    super.decode(connection, part, whole);
    if (part instanceof LastHttpContent) {
      answered.ifPresent(
          answer -> {
            var _ = answer.addListener(ChannelFutureListener.CLOSE);
          });
    }
  }
}
