package dev.fourthpillar.backbone.health;

import jakarta.inject.Singleton;

/** Whether the own database answers, as far as anybody knows without asking it. */
@Singleton
public final class DatabasePresence {
  private volatile boolean answers = true;

  /** Whether it did at the last look, and nobody has found it away since. */
  public boolean answers() {
    return answers;
  }

  /** Somebody found that it is away, before the next look does. */
  public void lost() {
    answers = false;
  }

  void seen(boolean nowAnswers) {
    answers = nowAnswers;
  }
}
