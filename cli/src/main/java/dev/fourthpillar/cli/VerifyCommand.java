package dev.fourthpillar.cli;

import dev.fourthpillar.cli.budget.ProofText;
import dev.fourthpillar.cli.pay.FileException;
import dev.fourthpillar.proof.Keys;
import dev.fourthpillar.proof.ProofException;
import dev.fourthpillar.proof.ProofFileCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fp verify FILE --key KEY.pem}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks a proof with nothing but a public key that you trust. Asks nobody.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The proof, as fp prove writes it.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY.pem",
      description = "The Ed25519 public key of the ledger, got from where you trust it.")
  private Path key = Path.of("");

  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PublicKey trusted = publicKey();
    try (BufferedReader proof = Files.newBufferedReader(file)) {
      return output.print(ProofText.of(ProofFileCodec.check(proof, trusted)));
    } catch (IOException e) {
      throw new FileException(file, "cannot be read", e);
    } catch (ProofException e) {
      spec.commandLine()
          .getErr()
          .println("fp: %s proves nothing (%s): %s".formatted(file, e.flaw(), e.getMessage()));
      return Refused.EXIT_CODE;
    }
  }

  private PublicKey publicKey() {
    try {
      return Keys.publicKey(Files.readString(key))
          .orElseThrow(
              () ->
                  new FileException(key, "no Ed25519 public key (expected: a PEM file with one)"));
    } catch (IOException e) {
      throw new FileException(key, "cannot be read", e);
    }
  }
}
