package dev.fourthpillar.testkit.postgres;

import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import java.util.Map;

/** A temporary {@link LocalPostgres}. */
final class EmbeddedServer implements TestServer {

  private final LocalPostgres postgres;

  private EmbeddedServer(LocalPostgres postgres) {
    this.postgres = postgres;
  }

  static EmbeddedServer start() {
    LocalPostgresOptions options = LocalPostgresOptions.temporary();
    for (Map.Entry<String, String> setting : TestServerSettings.ALL.entrySet()) {
      options = options.withSetting(setting.getKey(), setting.getValue());
    }
    return new EmbeddedServer(LocalPostgres.start(options));
  }

  @Override
  public LocalDatabase superuser(String database) {
    return postgres.superuser(database);
  }

  @Override
  public boolean supportsCrash() {
    return true;
  }

  @Override
  public void kill9() {
    postgres.kill9();
  }

  @Override
  public void restart() {
    postgres.restart();
  }

  @Override
  public void close() {
    postgres.close();
  }
}
