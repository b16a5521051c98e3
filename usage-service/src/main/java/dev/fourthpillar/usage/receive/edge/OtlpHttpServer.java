package dev.fourthpillar.usage.receive.edge;

import dev.fourthpillar.backbone.edge.tls.Tls;
import dev.fourthpillar.usage.otlp.OtlpDecoder;
import dev.fourthpillar.usage.receive.OtlpConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.ReadTimeoutHandler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** OTLP over HTTP, protobuf and JSON, on a port of its own. */
@Singleton
public final class OtlpHttpServer {
  private static final int LOOP_THREADS = 2;

  private final OtlpConfig config;
  private final ListenAddress address;
  private final OtlpExportEndpoint endpoint;
  private final SenderAccess access;
  private final RecentRequests recent;
  private final ExecutorService callThreads;
  private final Optional<SslContext> encryption;
  private final UnderWay underWay = new UnderWay();
  private EventLoopGroup loops;
  private Channel listening;

  OtlpHttpServer(
      OtlpConfig config,
      ListenAddress address,
      OtlpExportEndpoint endpoint,
      SenderAccess access,
      RecentRequests recent,
      Tls tls,
      @Named("grpc-calls") ExecutorService callThreads)
      throws SSLException {
    this.config = config;
    this.address = address;
    this.endpoint = endpoint;
    this.access = access;
    this.recent = recent;
    this.callThreads = callThreads;
    this.encryption = tls.httpServer();
  }

  void start() {
    loops = new MultiThreadIoEventLoopGroup(LOOP_THREADS, NioIoHandler.newFactory());
    listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    encryption.ifPresent(
                        tls -> connection.pipeline().addLast(tls.newHandler(connection.alloc())));
                    connection
                        .pipeline()
                        .addLast(
                            new ReadTimeoutHandler(
                                config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS))
                        .addLast(new HttpServerCodec())
                        .addLast(new OtlpHttpAggregator(OtlpDecoder.MAX_BODY_BYTES))
                        .addLast(
                            new OtlpHttpHandler(endpoint, access, recent, callThreads, underWay));
                  }
                })
            .bind(address.of(config.httpPort()))
            .syncUninterruptibly()
            .channel();
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Takes no new connections, gives requests under way a while, and cuts what is left. */
  void stop(Duration wait) throws InterruptedException {
    if (listening != null) {
      listening.close().await(wait.toMillis(), TimeUnit.MILLISECONDS);
      underWay.awaitNone(wait);
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(wait.toMillis());
    }
  }
}
