package dev.fourthpillar.comp.payroll;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.comp.v1.GetPayrollChargesRequest;
import dev.fourthpillar.comp.v1.GetPayrollChargesResponse;
import dev.fourthpillar.comp.v1.PutPayrollChargesRequest;
import dev.fourthpillar.comp.v1.PutPayrollChargesResponse;
import dev.fourthpillar.comp.v1.RuleServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** RuleService: map, call, map. */
@Singleton
final class RuleEndpoint extends RuleServiceGrpc.RuleServiceImplBase {
  private final PayrollChargeService charges;

  RuleEndpoint(PayrollChargeService charges) {
    this.charges = charges;
  }

  @Override
  public void putPayrollCharges(
      PutPayrollChargesRequest request, StreamObserver<PutPayrollChargesResponse> observer) {
    Reply.once(
        observer,
        PayrollChargeMapper.toProto(
            charges.put(
                MutatingRequests.of(RuleServiceGrpc.getPutPayrollChargesMethod(), request),
                PayrollChargeMapper.fromProto(request))));
  }

  @Override
  public void getPayrollCharges(
      GetPayrollChargesRequest request, StreamObserver<GetPayrollChargesResponse> observer) {
    Reply.once(
        observer,
        PayrollChargeMapper.toProto(
            charges.get(
                request.getCountry(),
                PayrollChargeMapper.day(request),
                PayrollChargeMapper.knownAt(request))));
  }
}
