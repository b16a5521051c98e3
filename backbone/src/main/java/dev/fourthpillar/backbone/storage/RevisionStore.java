package dev.fourthpillar.backbone.storage;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;

/**
 * Something that rarely changes, as a transaction sees it: this replica keeps it, and reads it
 * again only when its revision in the database is another.
 */
public final class RevisionStore<T> {
  private final ToLongFunction<Handle> revision;
  private final Function<Handle, T> read;
  private volatile Kept<T> kept;

  private record Kept<T>(long revision, T value) {}

  /**
   * @param first what it is while nobody has changed it, at revision 0
   * @param revision asked for each time
   * @param read asked for after each change
   */
  public RevisionStore(T first, ToLongFunction<Handle> revision, Function<Handle, T> read) {
    this.revision = revision;
    this.read = read;
    this.kept = new Kept<>(0, first);
  }

  /** As the transaction sees it. */
  public T get(Handle handle) {
    long now = revision.applyAsLong(handle);
    Kept<T> known = kept;
    if (known.revision() == now) {
      return known.value();
    }
    T value = read.apply(handle);
    kept = new Kept<>(now, value);
    return value;
  }
}
