package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.ActivatePriceBookResponse;
import dev.fourthpillar.usage.v1.ComparePriceBooksRequest;
import dev.fourthpillar.usage.v1.ComparePriceBooksResponse;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.GetPriceResponse;
import dev.fourthpillar.usage.v1.GetRepricingRequest;
import dev.fourthpillar.usage.v1.GetRepricingResponse;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookResponse;
import dev.fourthpillar.usage.v1.ListCommitmentsRequest;
import dev.fourthpillar.usage.v1.ListCommitmentsResponse;
import dev.fourthpillar.usage.v1.ListPriceBooksRequest;
import dev.fourthpillar.usage.v1.ListPriceBooksResponse;
import dev.fourthpillar.usage.v1.PreviewRepriceRequest;
import dev.fourthpillar.usage.v1.PreviewRepriceResponse;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.PutCommitmentRequest;
import dev.fourthpillar.usage.v1.PutCommitmentResponse;
import dev.fourthpillar.usage.v1.RepriceUsageRequest;
import dev.fourthpillar.usage.v1.RepriceUsageResponse;
import dev.fourthpillar.usage.v1.RevertRepricingRequest;
import dev.fourthpillar.usage.v1.RevertRepricingResponse;
import dev.fourthpillar.usage.v1.SetNegotiatedRateRequest;
import dev.fourthpillar.usage.v1.SetNegotiatedRateResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** PriceBookService: map, call, map. */
@Singleton
final class PriceBookEndpoint extends PriceBookServiceGrpc.PriceBookServiceImplBase {
  private final PriceBookService books;
  private final RepricingEndpoint repricings;
  private final CommitmentService commitments;

  PriceBookEndpoint(
      PriceBookService books, RepricingEndpoint repricings, CommitmentService commitments) {
    this.books = books;
    this.repricings = repricings;
    this.commitments = commitments;
  }

  @Override
  public void getPrice(GetPriceRequest request, StreamObserver<GetPriceResponse> observer) {
    Reply.once(
        observer,
        PriceBookMapper.toProto(
            books.price(PriceBookMapper.model(request), PriceBookMapper.time(request))));
  }

  @Override
  public void listPriceBooks(
      ListPriceBooksRequest request, StreamObserver<ListPriceBooksResponse> observer) {
    Reply.once(observer, PriceBookMapper.toProto(books.list(PriceBookMapper.page(request))));
  }

  @Override
  public void importPriceBook(
      ImportPriceBookRequest request, StreamObserver<ImportPriceBookResponse> observer) {
    Reply.once(
        observer,
        PriceBookMapper.toProto(
            books.importBook(
                MutatingRequests.of(PriceBookServiceGrpc.getImportPriceBookMethod(), request),
                PriceBookMapper.offer(request))));
  }

  @Override
  public void activatePriceBook(
      ActivatePriceBookRequest request, StreamObserver<ActivatePriceBookResponse> observer) {
    Reply.once(
        observer,
        PriceBookMapper.toActivated(
            books.activate(
                MutatingRequests.of(PriceBookServiceGrpc.getActivatePriceBookMethod(), request),
                request.getBookId(),
                PriceBookMapper.discount(request),
                request.getConfirm())));
  }

  @Override
  public void comparePriceBooks(
      ComparePriceBooksRequest request, StreamObserver<ComparePriceBooksResponse> observer) {
    Reply.once(
        observer,
        PriceBookMapper.toProto(
            books.compare(request.getBookId(), PriceBookMapper.before(request)), request));
  }

  @Override
  public void putCommitment(
      PutCommitmentRequest request, StreamObserver<PutCommitmentResponse> observer) {
    Reply.once(
        observer,
        CommitmentMapper.toPut(
            commitments.put(
                MutatingRequests.of(PriceBookServiceGrpc.getPutCommitmentMethod(), request),
                CommitmentMapper.fromProto(request, Callers.current()))));
  }

  @Override
  public void listCommitments(
      ListCommitmentsRequest request, StreamObserver<ListCommitmentsResponse> observer) {
    Reply.once(
        observer,
        CommitmentMapper.toProto(
            commitments.list(request.getProvider(), CommitmentMapper.page(request)), request));
  }

  @Override
  public void setNegotiatedRate(
      SetNegotiatedRateRequest request, StreamObserver<SetNegotiatedRateResponse> observer) {
    Reply.once(
        observer,
        PriceBookMapper.toNegotiated(
            books.negotiate(
                MutatingRequests.of(PriceBookServiceGrpc.getSetNegotiatedRateMethod(), request),
                PriceBookMapper.rate(request))));
  }

  @Override
  public void previewReprice(
      PreviewRepriceRequest request, StreamObserver<PreviewRepriceResponse> observer) {
    repricings.preview(request, observer);
  }

  @Override
  public void repriceUsage(
      RepriceUsageRequest request, StreamObserver<RepriceUsageResponse> observer) {
    repricings.reprice(request, observer);
  }

  @Override
  public void revertRepricing(
      RevertRepricingRequest request, StreamObserver<RevertRepricingResponse> observer) {
    repricings.revert(request, observer);
  }

  @Override
  public void getRepricing(
      GetRepricingRequest request, StreamObserver<GetRepricingResponse> observer) {
    repricings.get(request, observer);
  }
}
