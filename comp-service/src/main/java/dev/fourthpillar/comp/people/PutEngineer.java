package dev.fourthpillar.comp.people;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The command to record an engineer, whole.
 *
 * @param lastDay as the client knows it; it cannot be changed this way
 * @param etag of the state that is to be replaced; empty for whichever there is
 */
record PutEngineer(Profile profile, Optional<LocalDate> lastDay, String etag) {}
