/** What is done with the images that the build makes. */
package dev.fourthpillar.testkit.image;
