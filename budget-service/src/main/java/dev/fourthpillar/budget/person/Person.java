package dev.fourthpillar.budget.person;

import java.time.ZoneId;

/**
 * A person as far as a budget needs one; as comp-service described it last.
 *
 * @param engineer the id
 * @param version of the description
 * @param team empty for none
 * @param country ISO 3166-1 alpha-2
 * @param zone in which days and periods begin
 * @param currency of the account
 * @param employment its days
 */
public record Person(
    String engineer,
    long version,
    String team,
    String country,
    ZoneId zone,
    String currency,
    Employment employment) {}
