package dev.fourthpillar.backbone.caller;

/** What a caller is. The names are those of the contract's {@code Role} without its prefix. */
public enum Role {
  ENGINEER,
  MANAGER,
  HR,
  FINANCE,
  GATEWAY,
  INGEST,
  SERVICE,
  SUBSCRIBER,
  AUDITOR,
  OPERATOR
}
