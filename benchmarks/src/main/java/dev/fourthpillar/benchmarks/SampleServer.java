package dev.fourthpillar.benchmarks;

import java.io.IOException;

/** The sample service in a process of its own; ends with its input. */
public final class SampleServer {
  private SampleServer() {}

  public static void main(String[] args) throws IOException {
    try (SampleInstance sample = SampleInstance.start()) {
      ChildServer.announce(sample.port(), sample.token());
      ChildServer.awaitEndOfInput();
    }
  }
}
