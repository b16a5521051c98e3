package dev.fourthpillar.backbone.edge.access;

import dev.fourthpillar.access.v1.Role;
import java.util.Optional;

/** Roles between the contract and the application. */
public final class RoleMapper {
  private RoleMapper() {}

  /** The application's role; empty for values that are never valid. */
  public static Optional<dev.fourthpillar.backbone.caller.Role> fromProto(Role role) {
    return switch (role) {
      case ROLE_ENGINEER -> Optional.of(dev.fourthpillar.backbone.caller.Role.ENGINEER);
      case ROLE_MANAGER -> Optional.of(dev.fourthpillar.backbone.caller.Role.MANAGER);
      case ROLE_HR -> Optional.of(dev.fourthpillar.backbone.caller.Role.HR);
      case ROLE_FINANCE -> Optional.of(dev.fourthpillar.backbone.caller.Role.FINANCE);
      case ROLE_GATEWAY -> Optional.of(dev.fourthpillar.backbone.caller.Role.GATEWAY);
      case ROLE_INGEST -> Optional.of(dev.fourthpillar.backbone.caller.Role.INGEST);
      case ROLE_SERVICE -> Optional.of(dev.fourthpillar.backbone.caller.Role.SERVICE);
      case ROLE_SUBSCRIBER -> Optional.of(dev.fourthpillar.backbone.caller.Role.SUBSCRIBER);
      case ROLE_AUDITOR -> Optional.of(dev.fourthpillar.backbone.caller.Role.AUDITOR);
      case ROLE_OPERATOR -> Optional.of(dev.fourthpillar.backbone.caller.Role.OPERATOR);
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  /** The contract's role. */
  public static Role toProto(dev.fourthpillar.backbone.caller.Role role) {
    return switch (role) {
      case ENGINEER -> Role.ROLE_ENGINEER;
      case MANAGER -> Role.ROLE_MANAGER;
      case HR -> Role.ROLE_HR;
      case FINANCE -> Role.ROLE_FINANCE;
      case GATEWAY -> Role.ROLE_GATEWAY;
      case INGEST -> Role.ROLE_INGEST;
      case SERVICE -> Role.ROLE_SERVICE;
      case SUBSCRIBER -> Role.ROLE_SUBSCRIBER;
      case AUDITOR -> Role.ROLE_AUDITOR;
      case OPERATOR -> Role.ROLE_OPERATOR;
    };
  }
}
