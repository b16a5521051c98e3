package dev.fourthpillar.backbone.feed.consume;

/**
 * Another replica has moved the cursor: what this one was about to commit has been done already.
 * Roll back, read the cursors again and go on from there.
 */
public final class StaleConsumerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleConsumerException(ConsumerId consumer, int refused) {
    super(
        "%d cursors of consumer '%s' of '%s' are not where this replica left them"
            .formatted(refused, consumer.name(), consumer.source()));
  }
}
