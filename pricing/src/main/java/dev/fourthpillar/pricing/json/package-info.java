/** The one way price files are parsed. Internal to the pricing module. */
package dev.fourthpillar.pricing.json;
