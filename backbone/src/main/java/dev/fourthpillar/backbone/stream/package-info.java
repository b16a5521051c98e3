/** Answers that are streams: at the client's pace, and ended in order by a drain. */
package dev.fourthpillar.backbone.stream;
