/** What is true, what is told of it, and in what order it arrives. */
package dev.fourthpillar.charging.world;
