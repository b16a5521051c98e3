/**
 * The Black-Scholes value of an option, which is the one figure of this service that is computed in
 * binary floating point: it is an estimate by nature, and stands beside exact figures, never in
 * them.
 */
package dev.fourthpillar.comp.option;
