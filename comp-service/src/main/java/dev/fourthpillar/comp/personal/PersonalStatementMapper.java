package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.comp.api.EmployerCostMapper;
import dev.fourthpillar.comp.api.LeaverMapper;
import dev.fourthpillar.comp.api.StatementMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.api.YearsMapper;
import dev.fourthpillar.comp.pdf.PdfWriter;
import dev.fourthpillar.comp.v1.GetEmployerCostRequest;
import dev.fourthpillar.comp.v1.GetEmployerCostResponse;
import dev.fourthpillar.comp.v1.GetLeaverStatementRequest;
import dev.fourthpillar.comp.v1.GetLeaverStatementResponse;
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
    GetStatementResponse.Builder proto =
        GetStatementResponse.newBuilder()
            .setEngineer(statement.engineer())
            .setContractYearStart(DateMapper.toProto(statement.year().first()))
            .setPackageId(statement.packageId())
            .setStatement(
                StatementMapper.toProto(statement.statement(), statement.snapshotsWithCost()));
    statement.employerCost().map(EmployerCostMapper::toProto).ifPresent(proto::setEmployerCost);
    return proto.build();
  }

  public static LeaverQuery fromProto(GetLeaverStatementRequest request) {
    return new LeaverQuery(
        request.getEngineer(),
        request.hasLastDay()
            ? Optional.of(DateMapper.fromProto(request.getLastDay(), "last_day"))
            : Optional.empty(),
        knownAt(request.hasKnownAt(), request.getKnownAt()),
        currency(request.getCurrencyCode()),
        YearsMapper.proration(request.getProration()));
  }

  public static EmployerCostQuery fromProto(GetEmployerCostRequest request) {
    if (request.hasLoadFactor() && request.hasOverhead()) {
      throw Failure.invalidField(
              "overhead", "must be absent beside a load factor", "comp.employer_cost")
          .asException();
    }
    return new EmployerCostQuery(
        new StatementQuery(
            request.getEngineer(),
            asOf(request.hasAsOfDate(), request.getAsOfDate()),
            knownAt(request.hasKnownAt(), request.getKnownAt()),
            currency(request.getCurrencyCode())),
        new EmployerCostQuery.Terms(
            request.hasLoadFactor()
                ? Optional.of(DecimalMapper.fromProto(request.getLoadFactor(), "load_factor"))
                : Optional.empty(),
            request.hasOverhead()
                ? Optional.of(answered(() -> ValueMapper.money(request.getOverhead())))
                : Optional.empty(),
            request.getIncludeEquity()));
  }

  public static GetLeaverStatementResponse toProto(PersonalLeaver leaver) {
    return GetLeaverStatementResponse.newBuilder()
        .setEngineer(leaver.engineer())
        .setContractYearStart(DateMapper.toProto(leaver.year().first()))
        .setPackageId(leaver.packageId())
        .setStatement(LeaverMapper.toProto(leaver.statement(), leaver.snapshots()))
        .build();
  }

  public static GetEmployerCostResponse toProto(PersonalCost cost) {
    return GetEmployerCostResponse.newBuilder()
        .setEngineer(cost.engineer())
        .setCountry(cost.country())
        .setPackageId(cost.packageId())
        .setEmployerCost(EmployerCostMapper.toProto(cost.cost()))
        .addAllSnapshots(StatementMapper.snapshots(cost.snapshots()))
        .build();
  }

  public static RenderStatementResponse toPage(
      RenderStatementRequest request, PersonalDocument document) {
    RenderStatementResponse.Builder response = RenderStatementResponse.newBuilder();
    return switch (request.getFormat()) {
      case STATEMENT_FORMAT_UNSPECIFIED, STATEMENT_FORMAT_HTML, UNRECOGNIZED ->
          response.setHtml(document.page().render()).build();
      case STATEMENT_FORMAT_PDF ->
          response
              .setPdf(ByteString.copyFrom(PdfWriter.write(document.page().renderForPaper())))
              .build();
    };
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
