/** What is hashed and signed of the ledger, and the check of a proof. */
package dev.fourthpillar.proof;
