package dev.fourthpillar.testkit.architecture;

/** One rule of {@link LayeringRules}, to name it in an exception. */
public enum LayeringRule {
  /** Protobuf and gRPC types only in endpoints, mappers, interceptors, codecs and the edge. */
  WIRE_TYPES_STOP_AT_THE_EDGE,
  /** java.sql and Jdbi only where data is stored; services may own a Jdbi transaction. */
  SQL_STAYS_IN_REPOSITORIES,
  /** A service knows another one by its contract only. */
  SERVICES_MEET_IN_THE_CONTRACT,
  /** Feature packages have no cycles. */
  FEATURES_HAVE_NO_CYCLES,
  /** No field, parameter or result is a double or a float. */
  NOTHING_FLOATS,
  /** No java.util.logging. */
  ONE_LOGGING_API,
  /** No System.out or System.err outside command lines and benchmarks. */
  OUTPUT_GOES_TO_THE_LOG,
  /** No field injection. */
  INJECTION_BY_CONSTRUCTOR
}
