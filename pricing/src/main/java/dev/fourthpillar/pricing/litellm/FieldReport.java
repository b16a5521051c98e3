package dev.fourthpillar.pricing.litellm;

/** How often a field stands in the file's models, and what was done with it. */
public record FieldReport(FieldUse use, int count) {}
