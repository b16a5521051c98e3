package dev.fourthpillar.budget.pricing;

/**
 * Some rows of a price book.
 *
 * @param chunk from 1
 * @param listJson a list book of these rows alone
 * @param employerJson the employer's own rates in the same form; empty for none
 */
public record BookChunk(String bookId, int chunk, String listJson, String employerJson) {}
