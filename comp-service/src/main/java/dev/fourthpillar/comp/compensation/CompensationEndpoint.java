package dev.fourthpillar.comp.compensation;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.comp.calculate.CalculationMapper;
import dev.fourthpillar.comp.calculate.Calculations;
import dev.fourthpillar.comp.v1.BuildVestTableRequest;
import dev.fourthpillar.comp.v1.BuildVestTableResponse;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.CalculatePackageResponse;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** CompensationService: map, call, map. */
@Singleton
final class CompensationEndpoint extends CompensationServiceGrpc.CompensationServiceImplBase {

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
}
