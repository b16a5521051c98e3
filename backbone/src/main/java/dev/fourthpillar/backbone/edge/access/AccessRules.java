package dev.fourthpillar.backbone.edge.access;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.fourthpillar.access.v1.AccessProto;
import dev.fourthpillar.access.v1.AccessRule;
import dev.fourthpillar.backbone.caller.Role;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of all RPCs that this server offers, read from the contract at start. An RPC whose rule
 * is missing or makes no sense ends the start: a forgotten rule must not become an open door.
 */
public final class AccessRules {
  private static final String OURS = "fourthpillar.";

  /** Answers before tokens exist: probes and load balancers have none. */
  private static final String HEALTH = "grpc.health.v1.Health";

  /** Tells the contract, which is public, to those who have a token. */
  private static final String REFLECTION = "grpc.reflection.v1.ServerReflection";

  private final Map<String, MethodRule> byMethod;

  private AccessRules(Map<String, MethodRule> byMethod) {
    this.byMethod = Map.copyOf(byMethod);
  }

  /** Reads the rules of the services. */
  public static AccessRules of(Collection<ServerServiceDefinition> services) {
    Map<String, MethodRule> rules = new HashMap<>();
    for (ServerServiceDefinition service : services) {
      for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
        String name = method.getMethodDescriptor().getFullMethodName();
        rules.put(name, ruleOf(service.getServiceDescriptor().getName(), name, method));
      }
    }
    return new AccessRules(rules);
  }

  MethodRule of(String method) {
    MethodRule rule = byMethod.get(method);
    if (rule == null) {
      throw new IllegalStateException(method + " has no access rule and should not have started");
    }
    return rule;
  }

  private static MethodRule ruleOf(
      String service, String name, ServerMethodDefinition<?, ?> method) {
    if (service.equals(HEALTH)) {
      return MethodRule.unauthenticated(name);
    }
    if (service.equals(REFLECTION)) {
      return MethodRule.anyAuthenticated(name);
    }
    if (!service.startsWith(OURS)
        || !(method.getMethodDescriptor().getSchemaDescriptor()
            instanceof ProtoMethodDescriptorSupplier supplier)) {
      throw refused(name, "it is no service of the contract, and no built-in rule names it");
    }
    return ruleOf(name, supplier.getMethodDescriptor());
  }

  private static MethodRule ruleOf(String name, MethodDescriptor method) {
    if (!method.getOptions().hasExtension(AccessProto.access)) {
      throw refused(name, "option (fourthpillar.access.v1.access) is missing");
    }
    AccessRule rule = method.getOptions().getExtension(AccessProto.access);
    boolean forSome = rule.getRolesCount() > 0 || !rule.getOwnDataField().isEmpty();
    int kinds =
        (forSome ? 1 : 0)
            + (rule.getAnyAuthenticated() ? 1 : 0)
            + (rule.getUnauthenticated() ? 1 : 0);
    if (kinds != 1) {
      throw refused(
          name, "name either roles and own_data_field, or any_authenticated, or unauthenticated");
    }
    return new MethodRule(
        name,
        roles(name, rule),
        ownData(name, rule, method),
        rule.getAnyAuthenticated(),
        rule.getUnauthenticated());
  }

  private static Set<Role> roles(String name, AccessRule rule) {
    return rule.getRolesList().stream()
        .map(
            role ->
                RoleMapper.fromProto(role)
                    .orElseThrow(() -> refused(name, "role " + role + " is never valid")))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<OwnDataField> ownData(
      String name, AccessRule rule, MethodDescriptor method) {
    if (rule.getOwnDataField().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OwnDataField.resolve(rule.getOwnDataField(), method.getInputType()));
    } catch (IllegalArgumentException e) {
      throw refused(name, e.getMessage());
    }
  }

  private static ConfigurationException refused(String method, String why) {
    return new ConfigurationException("access rule of " + method + ": " + why);
  }
}
