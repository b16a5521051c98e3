/** What is counted: meters (token kinds and other units) and exact quantities of them. */
package dev.fourthpillar.pricing.quantity;
