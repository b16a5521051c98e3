package dev.fourthpillar.budget.journal;

/**
 * What a movement did to one lot.
 *
 * @param lot its id
 * @param nanos signed, as the movement's direction has it: the parts add up to its amount
 */
public record LotPart(String lot, long nanos) {}
