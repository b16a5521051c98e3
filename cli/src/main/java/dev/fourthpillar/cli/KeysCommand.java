package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.budget.v1.CheckpointKey;
import dev.fourthpillar.budget.v1.ListCheckpointKeysRequest;
import dev.fourthpillar.budget.v1.ListCheckpointKeysResponse;
import dev.fourthpillar.proof.Keys;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fp keys}. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description =
        "The public keys that the ledger was signed with, as PEM; pin those you have seen.")
final class KeysCommand implements Callable<Integer> {
  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    return output.print(
        budget.ledger(
            service -> {
              StringBuilder text = new StringBuilder();
              ListCheckpointKeysRequest request = ListCheckpointKeysRequest.getDefaultInstance();
              ListCheckpointKeysResponse page;
              do {
                page = service.listCheckpointKeys(request);
                page.getKeysList().forEach(key -> text.append(pem(key)));
                request = request.toBuilder().setPageToken(page.getNextPageToken()).build();
              } while (!page.getNextPageToken().isEmpty());
              return text.isEmpty() ? "nothing was signed yet\n" : text.toString();
            }));
  }

  private static String pem(CheckpointKey key) {
    return "key %s, since %s\n%s"
        .formatted(
            key.getKeyId(),
            DateMapper.fromProto(key.getFirstDay(), "first_day"),
            Keys.publicKey(key.getPublicKey().toByteArray())
                .map(Keys::pem)
                .orElse("(not an Ed25519 key)\n"));
  }
}
