package dev.fourthpillar.budget.person;

/**
 * What counted for a person at a time.
 *
 * @param country whose collection gate is asked
 * @param currency whose account pays
 */
public record Situation(String country, String currency) {}
