package dev.fourthpillar.cli;

import dev.fourthpillar.usage.v1.MapIdentityRequest;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fp usage map KIND=VALUE ENGINEER}. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = "Says whose an identity is. Usage that waited for it settles.")
final class MapCommand implements Callable<Integer> {
  @Mixin private IdentityParameters identity = new IdentityParameters();

  @Parameters(index = "1", paramLabel = "ENGINEER", description = "Whose it is.")
  private String engineer = "";

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        MapIdentityRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setIdentity(identity.value())
            .setEngineer(engineer);
    identity.from().ifPresent(request::setEffectiveTime);
    usage.identities(service -> service.mapIdentity(request.build()));
    return output.print("%s is %s\n".formatted(identity.value().getValue(), engineer));
  }
}
