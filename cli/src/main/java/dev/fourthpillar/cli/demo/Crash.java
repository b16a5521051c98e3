package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.suite.SuiteService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Kills services in the middle of their work, where the story was asked to. */
final class Crash {
  private final Scene scene;
  private final List<CompletableFuture<Void>> coming = new ArrayList<>();

  Crash(Scene scene) {
    this.scene = scene;
  }

  /** SIGKILL; the service starts again while the story goes on. */
  void of(SuiteService service) {
    if (!scene.options().crash()) {
      return;
    }
    scene.narrator().say(service.id() + " is killed (SIGKILL) and started again.");
    scene.suite().kill9(service);
    coming.add(CompletableFuture.runAsync(() -> scene.suite().restart(service)));
  }

  void awaitBack() {
    try {
      coming.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
