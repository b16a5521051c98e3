package dev.fourthpillar.cli;

import picocli.CommandLine.Parameters;

/** Which lot a command is about. */
final class LotParameters {
  @Parameters(index = "0", paramLabel = "ENGINEER", description = "Whose.")
  private String engineer = "";

  @Parameters(index = "1", paramLabel = "LOT", description = "As fp grant list names it.")
  private String lot = "";

  String engineer() {
    return engineer;
  }

  String id() {
    return lot;
  }
}
