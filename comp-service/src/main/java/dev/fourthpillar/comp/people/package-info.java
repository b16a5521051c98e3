/** The people whose pay has a token budget, and the counter of the events about them. */
package dev.fourthpillar.comp.people;
