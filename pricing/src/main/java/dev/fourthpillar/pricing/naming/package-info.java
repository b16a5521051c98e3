/** From the model name a tool reports to the price row that holds for it. */
package dev.fourthpillar.pricing.naming;
