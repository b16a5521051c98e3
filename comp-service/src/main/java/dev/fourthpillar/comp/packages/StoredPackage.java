package dev.fourthpillar.comp.packages;

import dev.fourthpillar.comp.pack.CompensationPackage;

/**
 * A package as it is kept and as it is meant.
 *
 * @param content what was sent, as JSON of the contract
 */
public record StoredPackage(String content, CompensationPackage pack) {}
