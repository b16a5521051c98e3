package dev.fourthpillar.comp.entitle;

import dev.fourthpillar.comp.pack.CompensationPackage;
import java.time.LocalDate;

/**
 * A package that is in effect from a day on, until the next one is.
 *
 * @param from not before the package's start
 */
public record Stretch(LocalDate from, CompensationPackage pack) {}
