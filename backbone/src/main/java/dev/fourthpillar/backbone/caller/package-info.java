/** Who calls. Pure Java, so that application code may ask without knowing about tokens. */
package dev.fourthpillar.backbone.caller;
