package dev.fourthpillar.cli.pay;

import dev.fourthpillar.comp.v1.CompensationPackage;
import java.nio.file.Path;

/** An offer as YAML: the fields of the contract's CompensationPackage. */
public final class OfferFile {

  private OfferFile() {}

  /**
   * @throws FileException when the file is no package
   */
  public static CompensationPackage read(Path file) {
    return YamlMessage.read(file, CompensationPackage.newBuilder()).build();
  }
}
