package dev.fourthpillar.backbone.edge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.fourthpillar.access.v1.AccessProto;
import dev.fourthpillar.access.v1.AccessRule;
import dev.fourthpillar.access.v1.Role;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Access rules as a service reads them at start: what makes sense starts, what does not, does not.
 */
final class AccessRulesTest {
  private static final String METHOD = "fourthpillar.test.v1.PurseService/Open";
  private static final AccessRule FINANCE_OR_OWN =
      AccessRule.newBuilder()
          .addRoles(Role.ROLE_FINANCE)
          .addRoles(Role.ROLE_AUDITOR)
          .setOwnDataField("filter.engineer")
          .build();

  @Test
  void anRpcWithoutARuleDoesNotStartAndIsNamed() {
    assertThatThrownBy(() -> rulesOf(Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(METHOD)
        .hasMessageContaining("is missing");
  }

  @Test
  void anEmptyRuleIsNone() {
    assertRefused(AccessRule.getDefaultInstance(), "name either");
  }

  @Test
  void aRuleSaysOneThing() {
    assertRefused(FINANCE_OR_OWN.toBuilder().setAnyAuthenticated(true).build(), "name either");
    assertRefused(
        AccessRule.newBuilder().setAnyAuthenticated(true).setUnauthenticated(true).build(),
        "name either");
  }

  @Test
  void theRoleThatIsNeverValidIsNoRule() {
    assertRefused(AccessRule.newBuilder().addRoles(Role.ROLE_UNSPECIFIED).build(), "never valid");
    assertRefused(AccessRule.newBuilder().addRolesValue(99).build(), "never valid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "count",
        "filter",
        "names",
        "filter.nobody",
        "engineer.x",
        "filter.",
        "."
      })
  void ownDataIsNamedByAStringField(String path) {
    assertRefused(
        AccessRule.newBuilder().setOwnDataField(path).build(),
        "own_data_field: '%s' (expected: the path of a string field of".formatted(path));
  }

  @Test
  void aServiceOfSomebodyElseDoesNotSlipIn() {
    assertThatThrownBy(
            () -> AccessRules.of(List.of(service("other.v1", Optional.of(FINANCE_OR_OWN)))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("other.v1.PurseService/Open")
        .hasMessageContaining("no service of the contract");
  }

  @Test
  void aCallerWithoutTheRoleLearnsWhichOnesHaveIt() {
    MethodRule rule = rulesOf(Optional.of(FINANCE_OR_OWN)).of(METHOD);
    Caller gateway = caller(Optional.of("ada"), dev.fourthpillar.backbone.caller.Role.GATEWAY);

    Failure failure = failureOf(() -> rule.admit(gateway));

    assertThat(failure.reason()).isEqualTo(Reason.ROLE_MISSING);
    assertThat(failure.metadata())
        .isEqualTo(
            Map.of(
                "method", METHOD,
                "expected_roles", "AUDITOR, FINANCE",
                "caller_roles", "GATEWAY"));
    assertThat(failure.message()).contains("or ENGINEER with an engineer id for own data");
  }

  @Test
  void anEngineerMayAskForOwnDataOnly() {
    MethodRule rule = rulesOf(Optional.of(FINANCE_OR_OWN)).of(METHOD);
    Caller ada = caller(Optional.of("ada"), dev.fourthpillar.backbone.caller.Role.ENGINEER);

    assertThat(rule.admit(ada)).isEqualTo(MethodRule.Admission.FOR_OWN_DATA);
    rule.requireOwnData(ada, request(rule, "ada"));
    for (String other : List.of("grace", "", "Ada", "ada ")) {
      Failure failure = failureOf(() -> rule.requireOwnData(ada, request(rule, other)));
      assertThat(failure.reason()).isEqualTo(Reason.NOT_OWN_DATA);
      assertThat(failure.metadata())
          .isEqualTo(Map.of("method", METHOD, "field", "filter.engineer"));
    }
  }

  @Test
  void theRoleEngineerAloneOwnsNothing() {
    MethodRule rule = rulesOf(Optional.of(FINANCE_OR_OWN)).of(METHOD);
    Caller nobody = caller(Optional.empty(), dev.fourthpillar.backbone.caller.Role.ENGINEER);

    assertThat(failureOf(() -> rule.admit(nobody)).reason()).isEqualTo(Reason.ROLE_MISSING);
  }

  @Test
  void anEngineerIdWithoutTheRoleOwnsNothing() {
    MethodRule rule = rulesOf(Optional.of(FINANCE_OR_OWN)).of(METHOD);
    Caller ingest = caller(Optional.of("ada"), dev.fourthpillar.backbone.caller.Role.INGEST);

    assertThat(failureOf(() -> rule.admit(ingest)).reason()).isEqualTo(Reason.ROLE_MISSING);
  }

  @Test
  void anEngineerWhoIsAlsoFinanceReadsEverybody() {
    MethodRule rule = rulesOf(Optional.of(FINANCE_OR_OWN)).of(METHOD);
    Caller both =
        caller(
            Optional.of("ada"),
            dev.fourthpillar.backbone.caller.Role.ENGINEER,
            dev.fourthpillar.backbone.caller.Role.FINANCE);

    assertThat(rule.admit(both)).isEqualTo(MethodRule.Admission.FOR_ANYBODY);
  }

  private static void assertRefused(AccessRule rule, String why) {
    assertThatThrownBy(() -> rulesOf(Optional.of(rule)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(METHOD)
        .hasMessageContaining(why);
  }

  private static AccessRules rulesOf(Optional<AccessRule> rule) {
    return AccessRules.of(List.of(service("fourthpillar.test.v1", rule)));
  }

  private static Caller caller(
      Optional<String> engineer, dev.fourthpillar.backbone.caller.Role... roles) {
    return new Caller("somebody", engineer, Set.of(roles));
  }

  private static Failure failureOf(Runnable call) {
    return catchThrowableOfType(FailureException.class, call::run).failure();
  }

  private static DynamicMessage request(MethodRule rule, String engineer) {
    var filter = rule.ownData().orElseThrow().steps().getFirst();
    DynamicMessage inner =
        DynamicMessage.newBuilder(filter.getMessageType())
            .setField(filter.getMessageType().findFieldByName("engineer"), engineer)
            .build();
    return DynamicMessage.newBuilder(filter.getContainingType()).setField(filter, inner).build();
  }

  private static ServerServiceDefinition service(String pkg, Optional<AccessRule> rule) {
    ServiceDescriptor descriptor = descriptor(pkg, rule);
    var open = descriptor.getMethods().getFirst();
    DynamicMessage empty = DynamicMessage.getDefaultInstance(open.getInputType());
    var method =
        MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName(descriptor.getFullName() + "/Open")
            .setRequestMarshaller(ProtoUtils.marshaller(empty))
            .setResponseMarshaller(ProtoUtils.marshaller(empty))
            .setSchemaDescriptor(new Schema(open))
            .build();
    return ServerServiceDefinition.builder(descriptor.getFullName())
        .addMethod(method, (_, _) -> new ServerCall.Listener<>() {})
        .build();
  }

  /** A service with one RPC, made here so that its rule can be wrong. */
  private static ServiceDescriptor descriptor(String pkg, Optional<AccessRule> rule) {
    MethodOptions.Builder options = MethodOptions.newBuilder();
    rule.ifPresent(value -> options.setExtension(AccessProto.access, value));
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("purse.proto")
            .setPackage(pkg)
            .setSyntax("proto3")
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Filter")
                    .addField(field("engineer", 1, FieldDescriptorProto.Type.TYPE_STRING)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("OpenRequest")
                    .addField(field("engineer", 1, FieldDescriptorProto.Type.TYPE_STRING))
                    .addField(field("count", 2, FieldDescriptorProto.Type.TYPE_INT32))
                    .addField(
                        field("filter", 3, FieldDescriptorProto.Type.TYPE_MESSAGE)
                            .setTypeName("." + pkg + ".Filter"))
                    .addField(
                        field("names", 4, FieldDescriptorProto.Type.TYPE_STRING)
                            .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)))
            .addService(
                ServiceDescriptorProto.newBuilder()
                    .setName("PurseService")
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("Open")
                            .setInputType("." + pkg + ".OpenRequest")
                            .setOutputType("." + pkg + ".OpenRequest")
                            .setOptions(options)))
            .build();
    try {
      return FileDescriptor.buildFrom(
              file, new FileDescriptor[] {AccessProto.getDescriptor()}, true)
          .getServices()
          .getFirst();
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private record Schema(com.google.protobuf.Descriptors.MethodDescriptor method)
      implements ProtoMethodDescriptorSupplier {
    @Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return method;
    }

    @Override
    public ServiceDescriptor getServiceDescriptor() {
      return method.getService();
    }

    @Override
    public FileDescriptor getFileDescriptor() {
      return method.getFile();
    }
  }
}
