package dev.fourthpillar.comp.people;

import dev.fourthpillar.backbone.failure.Failure;

/** What became of a row of an import. */
sealed interface ImportedPerson {

  String engineer();

  record Recorded(String engineer, String etag) implements ImportedPerson {}

  record Refused(String engineer, Failure failure) implements ImportedPerson {}
}
