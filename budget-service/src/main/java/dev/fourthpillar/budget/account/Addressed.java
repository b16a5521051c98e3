package dev.fourthpillar.budget.account;

/** A command and the account it is for. */
public record Addressed(AccountId account, AccountCommand command) {}
