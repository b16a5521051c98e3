/** The rules of charging, one delivery after the other. */
package dev.fourthpillar.charging.model;
