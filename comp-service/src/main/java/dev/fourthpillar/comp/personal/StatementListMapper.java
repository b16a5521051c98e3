package dev.fourthpillar.comp.personal;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.comp.api.FiguresMapper;
import dev.fourthpillar.comp.api.RefusalMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.ListStatementsRequest;
import dev.fourthpillar.comp.v1.ListStatementsResponse;
import java.util.Optional;

/** Everybody's statements between the contract and the domain. */
public final class StatementListMapper {
  private static final String LIST =
      CompensationServiceGrpc.getListStatementsMethod().getFullMethodName();

  private StatementListMapper() {}

  public static ListQuery query(ListStatementsRequest request) {
    return new ListQuery(
        DateMapper.fromProto(request.getAsOfDate(), "as_of_date"),
        request.hasKnownAt()
            ? Optional.of(TimestampMapper.fromProto(request.getKnownAt()))
            : Optional.empty(),
        request.getCurrencyCode().isEmpty()
            ? Optional.empty()
            : Optional.of(answered(() -> ValueMapper.currency(request.getCurrencyCode()))),
        Optional.of(request.getTeam()).filter(team -> !team.isEmpty()));
  }

  public static PageRequest page(ListStatementsRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  public static ListStatementsResponse toProto(
      ListStatementsRequest request, Page<dev.fourthpillar.comp.v1.ListedStatement> page) {
    return ListStatementsResponse.newBuilder()
        .addAllStatements(page.items())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  public static dev.fourthpillar.comp.v1.ListedStatement toProto(ListedStatement listed) {
    var proto =
        dev.fourthpillar.comp.v1.ListedStatement.newBuilder().setEngineer(listed.engineer());
    return switch (listed) {
      case ListedStatement.Computed computed ->
          proto
              .setFigures(
                  FiguresMapper.toProto(
                      computed.figures(),
                      computed.employerCost(),
                      computed.packageId(),
                      computed.contractYearStart()))
              .build();
      case ListedStatement.Refused(String _, Failure failure) ->
          proto.setRefusal(RefusalMapper.toProto(failure)).build();
    };
  }

  /** A token goes on with the list it is of: another day has other people. */
  private static PageTokens tokens(ListStatementsRequest request) {
    return PageTokens.of(
        LIST,
        DateMapper.fromProto(request.getAsOfDate(), "as_of_date").toString(),
        request.hasKnownAt() ? TimestampMapper.fromProto(request.getKnownAt()).toString() : "",
        request.getCurrencyCode(),
        request.getTeam());
  }
}
