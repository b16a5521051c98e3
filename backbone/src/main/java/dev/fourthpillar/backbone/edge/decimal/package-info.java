/** Exact decimals on the wire. */
package dev.fourthpillar.backbone.edge.decimal;
