/** Refusals and failures as values. Pure Java: the edge gives them their wire form. */
package dev.fourthpillar.backbone.failure;
