package dev.fourthpillar.cli.pay;

import com.google.rpc.BadRequest.FieldViolation;
import dev.fourthpillar.cli.refusal.Refusal;
import dev.fourthpillar.comp.v1.ImportPeopleRequest;
import dev.fourthpillar.comp.v1.ImportedPerson;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc.PeopleServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends people in chunks, each of which is recorded at once; who is refused stops nobody else. */
public final class PeopleImport {
  /** Far below the 1,000 rows and 4 MiB of a request, so that progress is seen. */
  public static final int CHUNK = 200;

  private static final int DEADLINE_SECONDS = 60;
  private static final int ATTEMPTS = 3;
  private static final Pattern ROW = Pattern.compile("engineers\\[(\\d+)]\\.?(.*)");

  private final PeopleServiceBlockingStub people;

  public PeopleImport(PeopleServiceBlockingStub people) {
    this.people = people;
  }

  /** How far it is. */
  public interface Progress {
    void done(int rows, int of);
  }

  /**
   * A person who was not taken.
   *
   * @param reason a name of ErrorReason
   * @param fields that are wrong, each with what was expected; possibly none
   */
  public record Refused(PeopleFile.Row row, String reason, String message, List<String> fields) {}

  /**
   * Everyone is recorded, or refused; the refused ones in the order of the file.
   *
   * @throws StatusRuntimeException when the service did not answer, after several attempts; the
   *     chunks before are recorded, and may be sent again
   */
  public List<Refused> run(List<PeopleFile.Row> rows, Progress progress) {
    var refused = new ArrayList<Refused>();
    for (int from = 0; from < rows.size(); from += CHUNK) {
      int to = Math.min(rows.size(), from + CHUNK);
      refused.addAll(chunk(rows.subList(from, to)));
      progress.done(to, rows.size());
    }
    refused.sort(Comparator.comparingLong(one -> one.row().number()));
    return refused;
  }

  /** A row that breaks the contract refuses its chunk: the others are sent again without it. */
  private List<Refused> chunk(List<PeopleFile.Row> chunk) {
    var refused = new ArrayList<Refused>();
    var rows = new ArrayList<>(chunk);
    while (!rows.isEmpty()) {
      try {
        refused.addAll(put(rows));
        return refused;
      } catch (StatusRuntimeException e) {
        var broken = broken(rows, e);
        if (broken.isEmpty()) {
          throw e;
        }
        refused.addAll(broken);
        rows.removeAll(broken.stream().map(Refused::row).toList());
      }
    }
    return refused;
  }

  private List<Refused> put(List<PeopleFile.Row> rows) {
    // The same id in each attempt: a lost answer records nobody twice.
    var request =
        ImportPeopleRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .addAllEngineers(rows.stream().map(PeopleFile.Row::engineer).toList())
            .build();
    for (int attempt = 1; ; attempt++) {
      try {
        var answer =
            people.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS).importPeople(request);
        return refused(rows, answer.getPeopleList());
      } catch (StatusRuntimeException e) {
        if (attempt == ATTEMPTS || !mayHelp(e.getStatus().getCode())) {
          throw e;
        }
      }
    }
  }

  private static List<Refused> refused(List<PeopleFile.Row> rows, List<ImportedPerson> answer) {
    var refused = new ArrayList<Refused>();
    for (int i = 0; i < answer.size(); i++) {
      if (answer.get(i).hasRefusal()) {
        var refusal = answer.get(i).getRefusal();
        refused.add(
            new Refused(
                rows.get(i),
                refusal.getReason().name().replace("ERROR_REASON_", ""),
                refusal.getMessage(),
                refusal.getFieldsList().stream()
                    .map(field -> field.getField() + ": " + field.getDescription())
                    .toList()));
      }
    }
    return refused;
  }

  /** The rows that a refusal of the whole names. */
  private static List<Refused> broken(List<PeopleFile.Row> rows, StatusRuntimeException thrown) {
    Map<Integer, List<String>> fields = new HashMap<>();
    for (FieldViolation violation : Refusal.violations(thrown)) {
      Matcher row = ROW.matcher(violation.getField());
      if (row.matches()) {
        fields
            .computeIfAbsent(Integer.valueOf(row.group(1)), _ -> new ArrayList<>())
            .add("engineer." + row.group(2) + ": " + violation.getDescription());
      }
    }
    var reason = Refusal.of(thrown).reason();
    return fields.entrySet().stream()
        .map(
            row ->
                new Refused(
                    rows.get(row.getKey()),
                    reason,
                    row.getValue().size() == 1
                        ? "1 field is invalid"
                        : row.getValue().size() + " fields are invalid",
                    row.getValue()))
        .toList();
  }

  private static boolean mayHelp(Code code) {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED, UNKNOWN, RESOURCE_EXHAUSTED -> true;
      default -> false;
    };
  }
}
