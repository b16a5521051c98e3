package dev.fourthpillar.comp.people;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.comp.api.RefusalMapper;
import dev.fourthpillar.comp.v1.ImportPeopleRequest;
import dev.fourthpillar.comp.v1.ImportPeopleResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Imports between the contract and the domain. */
final class ImportMapper {
  /** An answer is kept as the message that was sent. */
  static final AnswerCodec<List<ImportedPerson>> ANSWER_CODEC =
      new AnswerCodec<>(people -> toProto(people).toByteArray(), ImportMapper::fromBytes);

  private ImportMapper() {}

  static List<ImportRow> fromProto(ImportPeopleRequest request) {
    requireEachOnce(request);
    return request.getEngineersList().stream().map(ImportMapper::row).toList();
  }

  private static void requireEachOnce(ImportPeopleRequest request) {
    List<Violation> violations = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < request.getEngineersCount(); i++) {
      String engineer = request.getEngineers(i).getEngineer();
      Integer first = seen.putIfAbsent(engineer, i);
      if (first != null) {
        violations.add(
            new Violation(
                "engineers[" + i + "].engineer",
                "must differ from engineers[%d]; both are '%s'".formatted(first, engineer),
                "people.import"));
      }
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
  }

  private static ImportRow row(dev.fourthpillar.comp.v1.Engineer engineer) {
    try {
      return new ImportRow.Sound(EngineerMapper.fromProto(engineer));
    } catch (FailureException e) {
      return new ImportRow.Broken(engineer.getEngineer(), e.failure());
    }
  }

  static ImportPeopleResponse toProto(List<ImportedPerson> people) {
    return ImportPeopleResponse.newBuilder()
        .addAllPeople(people.stream().map(ImportMapper::toProto).toList())
        .build();
  }

  private static dev.fourthpillar.comp.v1.ImportedPerson toProto(ImportedPerson person) {
    var proto = dev.fourthpillar.comp.v1.ImportedPerson.newBuilder().setEngineer(person.engineer());
    return switch (person) {
      case ImportedPerson.Recorded(String _, String etag) -> proto.setEtag(etag).build();
      case ImportedPerson.Refused(String _, Failure failure) ->
          proto.setRefusal(RefusalMapper.toProto(failure)).build();
    };
  }

  private static ImportedPerson fromProto(dev.fourthpillar.comp.v1.ImportedPerson person) {
    return person.hasRefusal()
        ? new ImportedPerson.Refused(
            person.getEngineer(), RefusalMapper.fromProto(person.getRefusal()))
        : new ImportedPerson.Recorded(person.getEngineer(), person.getEtag());
  }

  private static List<ImportedPerson> fromBytes(byte[] bytes) {
    try {
      return ImportPeopleResponse.parseFrom(bytes).getPeopleList().stream()
          .map(ImportMapper::fromProto)
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept answer is no import", e);
    }
  }
}
