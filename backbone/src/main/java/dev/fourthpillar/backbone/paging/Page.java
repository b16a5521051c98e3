package dev.fourthpillar.backbone.paging;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items the rows
 * @param lastKey the sort key of the last row when there is more, else empty
 */
public record Page<T>(List<T> items, Optional<String> lastKey) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * A page of rows of which one more than the size was read, to know whether there is more without
   * counting.
   */
  public static <T> Page<T> of(List<T> oneMore, PageRequest request, Function<T, String> key) {
    if (oneMore.size() <= request.size()) {
      return new Page<>(oneMore, Optional.empty());
    }
    List<T> items = oneMore.subList(0, request.size());
    return new Page<>(items, Optional.of(key.apply(items.getLast())));
  }
}
