package dev.fourthpillar.backbone.edge.error;

import com.google.rpc.Status;
import dev.fourthpillar.backbone.failure.Failure;
import jakarta.inject.Singleton;

/**
 * Failures of parts of a call, such as one command of a batch: counted and logged as a call's, and
 * told in the response instead of ending it.
 */
@Singleton
public final class PartFailureMapper {
  private final FailureReporter reporter;

  PartFailureMapper(FailureReporter reporter) {
    this.reporter = reporter;
  }

  /**
   * What the caller is told of a part that failed.
   *
   * @param method the full name of the RPC that does what the part asked for
   */
  public Status toProto(String method, Throwable thrown) {
    return FailureMapper.toProto(reporter.report(method, Failures.of(thrown), thrown));
  }

  /** The same of a part that was refused. */
  public Status toProto(String method, Failure failure) {
    return FailureMapper.toProto(reporter.report(method, failure, null));
  }
}
