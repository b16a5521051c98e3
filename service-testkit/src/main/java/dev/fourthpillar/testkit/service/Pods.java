package dev.fourthpillar.testkit.service;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a headless Service's name resolves to: the pods there are. As with DNS, nobody is told of a
 * change; a channel asks again when one of its connections is told to go.
 */
public final class Pods extends NameResolverProvider {
  public static final String SCHEME = "pods";

  private final AtomicReference<List<Integer>> ports = new AtomicReference<>(List.of());

  /** Their ports from now on. */
  public void are(Integer... there) {
    ports.set(List.of(there));
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new Resolver(args.getSynchronizationContext());
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return Set.of(InetSocketAddress.class);
  }

  private final class Resolver extends NameResolver {
    private final SynchronizationContext context;
    private Listener2 listener;

    Resolver(SynchronizationContext context) {
      this.context = context;
    }

    @Override
    public String getServiceAuthority() {
      return "pods";
    }

    @Override
    public void start(Listener2 listener) {
      this.listener = listener;
      refresh();
    }

    @Override
    public void refresh() {
      List<EquivalentAddressGroup> addresses =
          ports.get().stream()
              .map(
                  port ->
                      new EquivalentAddressGroup(
                          new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
              .toList();
      context.execute(
          () ->
              listener.onResult(
                  ResolutionResult.newBuilder()
                      .setAddressesOrError(StatusOr.fromValue(addresses))
                      .build()));
    }

    @Override
    public void shutdown() {
      // Nothing is open.
    }
  }
}
