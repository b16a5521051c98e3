package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;

/** A process of the suite that can be killed and started again. */
public enum Victim {
  BUDGET("budget-service") {
    @Override
    void kill9(Suite suite) {
      suite.kill9(SuiteService.BUDGET);
    }

    @Override
    void restart(Suite suite) {
      suite.restart(SuiteService.BUDGET);
    }
  },
  USAGE("usage-service") {
    @Override
    void kill9(Suite suite) {
      suite.kill9(SuiteService.USAGE);
    }

    @Override
    void restart(Suite suite) {
      suite.restart(SuiteService.USAGE);
    }
  },
  COMP("comp-service") {
    @Override
    void kill9(Suite suite) {
      suite.kill9(SuiteService.COMP);
    }

    @Override
    void restart(Suite suite) {
      suite.restart(SuiteService.COMP);
    }
  },
  /** With all its backends, and so under all services at once. */
  POSTGRES("PostgreSQL") {
    @Override
    void kill9(Suite suite) {
      suite.kill9Postgres();
    }

    @Override
    void restart(Suite suite) {
      suite.restartPostgres();
    }
  };

  private final String title;

  Victim(String title) {
    this.title = title;
  }

  /** Returns when it is gone. */
  abstract void kill9(Suite suite);

  /** Returns when it answers. */
  abstract void restart(Suite suite);

  @Override
  public String toString() {
    return title;
  }
}
