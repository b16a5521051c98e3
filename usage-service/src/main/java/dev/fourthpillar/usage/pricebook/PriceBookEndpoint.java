package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.outcome.MutatingRequests;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.ActivatePriceBookResponse;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.GetPriceResponse;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookResponse;
import dev.fourthpillar.usage.v1.ListPriceBooksRequest;
import dev.fourthpillar.usage.v1.ListPriceBooksResponse;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** PriceBookService: map, call, map. */
@Singleton
final class PriceBookEndpoint extends PriceBookServiceGrpc.PriceBookServiceImplBase {
  private final PriceBookService books;

  PriceBookEndpoint(PriceBookService books) {
    this.books = books;
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
                request.getListBookJson().toByteArray(),
                request.getEmployerBookJson().toByteArray())));
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
}
