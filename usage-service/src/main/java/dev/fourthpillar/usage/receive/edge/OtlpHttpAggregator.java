package dev.fourthpillar.usage.receive.edge;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Collects a request up to the limit; what is larger is answered in its own encoding, and not read.
 */
final class OtlpHttpAggregator extends HttpObjectAggregator {
  OtlpHttpAggregator(int maxBytes) {
    super(maxBytes);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext connection, HttpMessage oversized) {
    connection
        .writeAndFlush(
            OtlpHttpAnswers.failure(
                OtlpAnswerMapper.tooLarge(),
                OtlpHttpAnswers.encoding((HttpRequest) oversized),
                false))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
