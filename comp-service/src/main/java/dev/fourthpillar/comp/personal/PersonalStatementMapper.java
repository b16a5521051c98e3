package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.comp.api.StatementMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.GetStatementResponse;
import dev.fourthpillar.comp.v1.RenderStatementRequest;
import dev.fourthpillar.comp.v1.RenderStatementResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/** Statements of people between the contract and the domain. */
public final class PersonalStatementMapper {

  private PersonalStatementMapper() {}

  public static StatementQuery fromProto(GetStatementRequest request) {
    return new StatementQuery(
        request.getEngineer(),
        asOf(request.hasAsOfDate(), request.getAsOfDate()),
        knownAt(request.hasKnownAt(), request.getKnownAt()),
        currency(request.getCurrencyCode()));
  }

  public static StatementQuery fromProto(RenderStatementRequest request) {
    return new StatementQuery(
        request.getEngineer(),
        asOf(request.hasAsOfDate(), request.getAsOfDate()),
        knownAt(request.hasKnownAt(), request.getKnownAt()),
        currency(request.getCurrencyCode()));
  }

  public static GetStatementResponse toProto(PersonalStatement statement) {
    return GetStatementResponse.newBuilder()
        .setEngineer(statement.engineer())
        .setContractYearStart(DateMapper.toProto(statement.year().first()))
        .setPackageId(statement.packageId())
        .setStatement(StatementMapper.toProto(statement.statement(), statement.snapshots()))
        .build();
  }

  public static RenderStatementResponse toPage(PersonalStatement statement) {
    return RenderStatementResponse.newBuilder().setHtml(statement.page().render()).build();
  }

  private static Optional<LocalDate> asOf(boolean given, Date date) {
    return given ? Optional.of(DateMapper.fromProto(date, "as_of_date")) : Optional.empty();
  }

  private static Optional<Instant> knownAt(boolean given, Timestamp time) {
    return given ? Optional.of(TimestampMapper.fromProto(time)) : Optional.empty();
  }

  private static Optional<Currency> currency(String code) {
    return code.isEmpty()
        ? Optional.empty()
        : Optional.of(answered(() -> ValueMapper.currency(code)));
  }
}
