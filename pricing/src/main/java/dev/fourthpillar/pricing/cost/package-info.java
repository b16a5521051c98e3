/** What a record costs: exact decimals, one half-even rounding to nanos per line. */
package dev.fourthpillar.pricing.cost;
