package dev.fourthpillar.backbone.edge.error;

import com.google.protobuf.Empty;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import io.grpc.protobuf.ProtoUtils;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls of methods that no service has, so that this refusal is typed like every other. All
 * of them count as one method: a caller must not be able to fill the metrics with names.
 */
@Singleton
public final class UnknownMethods extends HandlerRegistry {
  private static final MethodDescriptor<Empty, Empty> UNKNOWN =
      MethodDescriptor.<Empty, Empty>newBuilder()
          .setType(MethodType.UNKNOWN)
          .setFullMethodName("unknown/unknown")
          .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .build();

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    return ServerMethodDefinition.create(
        UNKNOWN,
        (call, headers) -> {
          throw Failure.of(Reason.METHOD_UNKNOWN, "method not found: " + name).asException();
        });
  }
}
