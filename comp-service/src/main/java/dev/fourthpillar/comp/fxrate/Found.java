package dev.fourthpillar.comp.fxrate;

/**
 * The quote that converts one currency into another.
 *
 * @param inverse whether it is of the opposite direction, and so divides
 */
record Found(FxRate rate, boolean inverse) {}
