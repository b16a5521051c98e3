package dev.fourthpillar.backbone.edge.validation;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Validates request messages by their {@code buf.validate} rules and by what holds for all. The
 * rules of all requests are compiled at start: a rule that does not compile ends the start instead
 * of the first call, and the first call is as fast as the second.
 */
public final class RequestValidator {
  private final Validator validator;

  private RequestValidator(Validator validator) {
    this.validator = validator;
  }

  /** A validator that is warm for the requests of these services. */
  public static RequestValidator of(Collection<ServerServiceDefinition> services) {
    List<Descriptor> requests =
        services.stream()
            .flatMap(service -> service.getMethods().stream())
            .map(ServerMethodDefinition::getMethodDescriptor)
            .map(method -> method.getSchemaDescriptor())
            .filter(ProtoMethodDescriptorSupplier.class::isInstance)
            .map(schema -> ((ProtoMethodDescriptorSupplier) schema).getMethodDescriptor())
            .map(method -> method.getInputType())
            .distinct()
            .toList();
    try {
      return new RequestValidator(
          ValidatorFactory.newBuilder().buildWithDescriptors(requests, false));
    } catch (CompilationException e) {
      throw new ConfigurationException("a validation rule of the contract does not compile", e);
    }
  }

  /**
   * Holds a request against its rules; also one that is a part of another, whose field is ignored
   * there.
   *
   * @throws dev.fourthpillar.backbone.failure.FailureException INVALID_FIELDS, with all violations
   */
  public void requireValid(Message request) {
    ValidationResult result;
    try {
      result = validator.validate(request);
    } catch (ValidationException e) {
      throw new IllegalStateException(
          "the rules of " + request.getDescriptorForType().getFullName() + " cannot be executed",
          e);
    }
    List<Violation> common = CommonRules.violations(request);
    if (!result.isSuccess() || !common.isEmpty()) {
      List<Violation> violations = new ArrayList<>();
      result.getViolations().forEach(violation -> violations.add(violation(violation.toProto())));
      violations.addAll(common);
      throw Failure.invalidFields(violations).asException();
    }
  }

  private static Violation violation(build.buf.validate.Violation violation) {
    return new Violation(
        FieldPaths.toText(violation.getField()), violation.getMessage(), violation.getRuleId());
  }
}
