package dev.fourthpillar.comp.compensation;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.comp.calculate.CalculationMapper;
import dev.fourthpillar.comp.calculate.Calculations;
import dev.fourthpillar.comp.calculate.TokenValueMapper;
import dev.fourthpillar.comp.calculate.YearProjectionMapper;
import dev.fourthpillar.comp.personal.PersonalStatementMapper;
import dev.fourthpillar.comp.personal.StatementListMapper;
import dev.fourthpillar.comp.personal.StatementListService;
import dev.fourthpillar.comp.personal.StatementService;
import dev.fourthpillar.comp.v1.BuildVestTableRequest;
import dev.fourthpillar.comp.v1.BuildVestTableResponse;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.CalculatePackageResponse;
import dev.fourthpillar.comp.v1.CompareOffersRequest;
import dev.fourthpillar.comp.v1.CompareOffersResponse;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.ExplainLineRequest;
import dev.fourthpillar.comp.v1.ExplainLineResponse;
import dev.fourthpillar.comp.v1.GetEmployerCostRequest;
import dev.fourthpillar.comp.v1.GetEmployerCostResponse;
import dev.fourthpillar.comp.v1.GetLeaverStatementRequest;
import dev.fourthpillar.comp.v1.GetLeaverStatementResponse;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.GetStatementResponse;
import dev.fourthpillar.comp.v1.ListStatementsRequest;
import dev.fourthpillar.comp.v1.ListStatementsResponse;
import dev.fourthpillar.comp.v1.ProjectYearsRequest;
import dev.fourthpillar.comp.v1.ProjectYearsResponse;
import dev.fourthpillar.comp.v1.RenderStatementRequest;
import dev.fourthpillar.comp.v1.RenderStatementResponse;
import dev.fourthpillar.comp.v1.ValueTokensRequest;
import dev.fourthpillar.comp.v1.ValueTokensResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** CompensationService: map, call, map. */
@Singleton
final class CompensationEndpoint extends CompensationServiceGrpc.CompensationServiceImplBase {
  private final StatementService statements;
  private final StatementListService lists;

  CompensationEndpoint(StatementService statements, StatementListService lists) {
    this.statements = statements;
    this.lists = lists;
  }

  @Override
  public void calculatePackage(
      CalculatePackageRequest request, StreamObserver<CalculatePackageResponse> observer) {
    Reply.once(
        observer,
        CalculationMapper.answer(Calculations.calculated(CalculationMapper.input(request))));
  }

  @Override
  public void projectYears(
      ProjectYearsRequest request, StreamObserver<ProjectYearsResponse> observer) {
    Reply.once(
        observer,
        YearProjectionMapper.toProto(Calculations.years(YearProjectionMapper.fromProto(request))));
  }

  @Override
  public void valueTokens(
      ValueTokensRequest request, StreamObserver<ValueTokensResponse> observer) {
    Reply.once(
        observer,
        TokenValueMapper.toProto(Calculations.tokens(TokenValueMapper.fromProto(request))));
  }

  @Override
  public void buildVestTable(
      BuildVestTableRequest request, StreamObserver<BuildVestTableResponse> observer) {
    Reply.once(
        observer,
        CalculationMapper.answer(Calculations.vestTable(CalculationMapper.order(request))));
  }

  @Override
  public void compareOffers(
      CompareOffersRequest request, StreamObserver<CompareOffersResponse> observer) {
    Reply.once(
        observer,
        CalculationMapper.answer(Calculations.comparison(CalculationMapper.comparison(request))));
  }

  @Override
  public void explainLine(
      ExplainLineRequest request, StreamObserver<ExplainLineResponse> observer) {
    Reply.once(
        observer, CalculationMapper.answer(Calculations.line(CalculationMapper.order(request))));
  }

  @Override
  public void getStatement(
      GetStatementRequest request, StreamObserver<GetStatementResponse> observer) {
    Reply.once(
        observer,
        PersonalStatementMapper.toProto(
            statements.statement(Callers.current(), PersonalStatementMapper.fromProto(request))));
  }

  @Override
  public void getLeaverStatement(
      GetLeaverStatementRequest request, StreamObserver<GetLeaverStatementResponse> observer) {
    Reply.once(
        observer,
        PersonalStatementMapper.toProto(
            statements.leaver(Callers.current(), PersonalStatementMapper.fromProto(request))));
  }

  @Override
  public void getEmployerCost(
      GetEmployerCostRequest request, StreamObserver<GetEmployerCostResponse> observer) {
    Reply.once(
        observer,
        PersonalStatementMapper.toProto(
            statements.employerCost(
                Callers.current(), PersonalStatementMapper.fromProto(request))));
  }

  @Override
  public void listStatements(
      ListStatementsRequest request, StreamObserver<ListStatementsResponse> observer) {
    Reply.once(
        observer,
        StatementListMapper.toProto(
            request,
            lists.list(
                Callers.current(),
                StatementListMapper.query(request),
                StatementListMapper.page(request),
                StatementListMapper::toProto)));
  }

  @Override
  public void renderStatement(
      RenderStatementRequest request, StreamObserver<RenderStatementResponse> observer) {
    Reply.once(
        observer,
        PersonalStatementMapper.toPage(
            request,
            statements.document(Callers.current(), PersonalStatementMapper.fromProto(request))));
  }
}
