package dev.fourthpillar.cli;

import dev.fourthpillar.usage.v1.UnmapIdentityRequest;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fp usage unmap KIND=VALUE}. */
@Command(
    name = "unmap",
    mixinStandardHelpOptions = true,
    description = "Says that an identity is nobody's. What it has charged is taken back.")
final class UnmapCommand implements Callable<Integer> {
  @Mixin private IdentityParameters identity = new IdentityParameters();

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        UnmapIdentityRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setIdentity(identity.value());
    identity.from().ifPresent(request::setEffectiveTime);
    usage.identities(service -> service.unmapIdentity(request.build()));
    return output.print("%s is nobody\n".formatted(identity.value().getValue()));
  }
}
