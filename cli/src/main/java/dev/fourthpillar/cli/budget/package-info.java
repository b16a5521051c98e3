/** What people read of budgets: balances, entries, holds, proofs. */
package dev.fourthpillar.cli.budget;
