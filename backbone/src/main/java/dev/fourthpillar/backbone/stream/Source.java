package dev.fourthpillar.backbone.stream;

import java.time.Duration;
import java.util.function.Function;

/**
 * What a stream is made of, asked for one answer at a time and only when the client takes it: what
 * changes meanwhile is in the next answer, and nothing queues up.
 */
public interface Source<A> extends AutoCloseable {

  /** What comes next. What it throws ends the stream as a typed failure. */
  Step<A> next();

  /** The stream has ended, one way or another. */
  @Override
  default void close() {}

  /** The same with each answer as another. */
  default <B> Source<B> map(Function<? super A, ? extends B> mapper) {
    Source<A> self = this;
    return new Source<>() {
      @Override
      public Step<B> next() {
        return switch (self.next()) {
          case Step.Send<A>(A answer) -> new Step.Send<>(mapper.apply(answer));
          case Step.Wait<A>(Duration atMost) -> new Step.Wait<>(atMost);
          case Step.End<A>() -> new Step.End<>();
        };
      }

      @Override
      public void close() {
        self.close();
      }
    };
  }

  /** What comes next. */
  sealed interface Step<A> {
    /** This answer. */
    record Send<A>(A answer) implements Step<A> {}

    /** Nothing now. Asked again when the bell rings, or after this time. */
    record Wait<A>(Duration atMost) implements Step<A> {}

    /** Nothing any more: all was sent. */
    record End<A>() implements Step<A> {}
  }
}
