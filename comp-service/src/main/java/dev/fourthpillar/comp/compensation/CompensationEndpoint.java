package dev.fourthpillar.comp.compensation;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.comp.calculate.CalculationMapper;
import dev.fourthpillar.comp.calculate.Calculations;
import dev.fourthpillar.comp.personal.PersonalStatementMapper;
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
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.GetStatementResponse;
import dev.fourthpillar.comp.v1.RenderStatementRequest;
import dev.fourthpillar.comp.v1.RenderStatementResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** CompensationService: map, call, map. */
@Singleton
final class CompensationEndpoint extends CompensationServiceGrpc.CompensationServiceImplBase {
  private final StatementService statements;

  CompensationEndpoint(StatementService statements) {
    this.statements = statements;
  }

  @Override
  public void calculatePackage(
      CalculatePackageRequest request, StreamObserver<CalculatePackageResponse> observer) {
    Reply.once(
        observer,
        CalculationMapper.answer(Calculations.statement(CalculationMapper.input(request))));
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
  public void renderStatement(
      RenderStatementRequest request, StreamObserver<RenderStatementResponse> observer) {
    Reply.once(
        observer,
        PersonalStatementMapper.toPage(
            statements.statement(Callers.current(), PersonalStatementMapper.fromProto(request))));
  }
}
