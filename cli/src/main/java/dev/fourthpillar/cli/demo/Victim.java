package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import java.util.Optional;

/** A process of the suite that can be killed and started again. */
public enum Victim {
  BUDGET(SuiteService.BUDGET),
  USAGE(SuiteService.USAGE),
  COMP(SuiteService.COMP),
  /** With all its backends, and so under all services at once. */
  POSTGRES;

  private final Optional<SuiteService> service;

  Victim(SuiteService service) {
    this.service = Optional.of(service);
  }

  Victim() {
    this.service = Optional.empty();
  }

  /** Returns when it is gone. */
  void kill9(Suite suite) {
    service.ifPresentOrElse(suite::kill9, suite::kill9Postgres);
  }

  /** Returns when it answers. */
  void restart(Suite suite) {
    service.ifPresentOrElse(suite::restart, suite::restartPostgres);
  }

  @Override
  public String toString() {
    return service.map(SuiteService::id).orElse("PostgreSQL");
  }
}
