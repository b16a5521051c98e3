package dev.fourthpillar.comp.people;

import dev.fourthpillar.backbone.failure.Failure;

/** A row of an import, as it was sent. */
sealed interface ImportRow {

  String engineer();

  /** What is to be recorded. */
  record Sound(PutEngineer command) implements ImportRow {
    @Override
    public String engineer() {
      return command.profile().engineer();
    }
  }

  /** What cannot be, whatever is recorded already. */
  record Broken(String engineer, Failure failure) implements ImportRow {}
}
