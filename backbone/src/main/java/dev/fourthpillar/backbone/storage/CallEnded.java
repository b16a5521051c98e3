package dev.fourthpillar.backbone.storage;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The call ended before its transaction did. Nothing was applied. */
final class CallEnded extends CancellationException {
  CallEnded(@Nullable Throwable cause) {
    super("the call ended before its transaction did");
    if (cause != null) {
      initCause(cause);
    }
  }
}
