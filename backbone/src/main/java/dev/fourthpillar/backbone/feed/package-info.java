/**
 * The durable event feed: written with the change, put in order by one sequencer at a time, read by
 * position, consumed exactly once in effect. The mechanism is told in {@code
 * docs/architecture/event-feed.md}.
 */
package dev.fourthpillar.backbone.feed;
