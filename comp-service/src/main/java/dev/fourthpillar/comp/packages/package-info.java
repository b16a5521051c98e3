/** Packages of people, by the day they take effect and by when they became known. */
package dev.fourthpillar.comp.packages;
