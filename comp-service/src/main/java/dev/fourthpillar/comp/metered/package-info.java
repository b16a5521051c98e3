/** What the ledger charges and what it has left, as far as statements need it. */
package dev.fourthpillar.comp.metered;
