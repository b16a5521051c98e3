/**
 * What things cost: immutable, versioned price books, their own file format, and their difference.
 */
package dev.fourthpillar.pricing.book;
