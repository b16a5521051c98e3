package dev.fourthpillar.cli.suite;

import java.util.Locale;

/** The services of the suite. */
public enum SuiteService {
  BUDGET(SuitePort.BUDGET, SuitePort.BUDGET_MANAGEMENT),
  USAGE(SuitePort.USAGE, SuitePort.USAGE_MANAGEMENT),
  COMP(SuitePort.COMP, SuitePort.COMP_MANAGEMENT);

  private final SuitePort grpcPort;
  private final SuitePort managementPort;

  SuiteService(SuitePort grpcPort, SuitePort managementPort) {
    this.grpcPort = grpcPort;
    this.managementPort = managementPort;
  }

  /** Its module, its jar and what its logs call it, for example {@code budget-service}. */
  public String id() {
    return shortName() + "-service";
  }

  /** Its database and role, and what people type: {@code budget}. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public SuitePort grpcPort() {
    return grpcPort;
  }

  public SuitePort managementPort() {
    return managementPort;
  }
}
