package dev.fourthpillar.budget.cap;

/**
 * Which calls a cap counts; an empty one is met by every call.
 *
 * @param model {@code provider/model}
 */
public record CapConditions(String model, String tool, String project) {}
