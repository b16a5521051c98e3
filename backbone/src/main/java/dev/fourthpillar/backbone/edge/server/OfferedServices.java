package dev.fourthpillar.backbone.edge.server;

import io.grpc.ServerServiceDefinition;
import java.util.List;

/**
 * What the server offers.
 *
 * @param definitions the services, as their handlers define them
 */
public record OfferedServices(List<ServerServiceDefinition> definitions) {
  public OfferedServices {
    definitions = List.copyOf(definitions);
  }

  /** The full names of the services. */
  public List<String> names() {
    return definitions.stream().map(service -> service.getServiceDescriptor().getName()).toList();
  }
}
