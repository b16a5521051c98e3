package dev.fourthpillar.comp.packages;

import dev.fourthpillar.comp.pack.CompensationPackage;

/**
 * A package as it is kept and as it is meant.
 *
 * @param encoded what was sent, as the contract encodes it; nobody writes into it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
public record StoredPackage(byte[] encoded, CompensationPackage pack) {}
