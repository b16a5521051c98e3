package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.usage.v1.MapIdentityRequest;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp usage map KIND=VALUE ENGINEER}. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = "Says whose an identity is. Usage that waited for it settles.")
final class MapCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "KIND=VALUE",
      converter = IdentityConverter.class,
      description = "email, account, user, installation or credential; email=ada@example.com")
  private Identity identity = Identity.getDefaultInstance();

  @Parameters(index = "1", paramLabel = "ENGINEER", description = "Whose it is.")
  private String engineer = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "For calls from when on, for example 2026-01-01T00:00:00Z. Default: all.")
  private @Nullable Timestamp from;

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        MapIdentityRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setIdentity(identity)
            .setEngineer(engineer);
    if (from != null) {
      request.setEffectiveTime(from);
    }
    usage.identities(service -> service.mapIdentity(request.build()));
    return output.print("%s is %s\n".formatted(identity.getValue(), engineer));
  }
}
