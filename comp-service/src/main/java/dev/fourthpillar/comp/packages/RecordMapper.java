package dev.fourthpillar.comp.packages;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.comp.v1.AddEquityGrantResponse;
import dev.fourthpillar.comp.v1.GetPackageRequest;
import dev.fourthpillar.comp.v1.GetPackageResponse;
import dev.fourthpillar.comp.v1.ListPackagesRequest;
import dev.fourthpillar.comp.v1.ListPackagesResponse;
import dev.fourthpillar.comp.v1.PackageServiceGrpc;
import dev.fourthpillar.comp.v1.PutPackageResponse;
import dev.fourthpillar.comp.v1.PutTokenBudgetResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Records between the contract and the domain. */
final class RecordMapper {
  /** An answer is kept as the message that was sent. */
  static final AnswerCodec<PackageRecord> ANSWER_CODEC =
      new AnswerCodec<>(record -> toProto(record).toByteArray(), RecordMapper::fromBytes);

  private RecordMapper() {}

  static Optional<LocalDate> asOf(GetPackageRequest request) {
    return request.hasAsOfDate()
        ? Optional.of(DateMapper.fromProto(request.getAsOfDate(), "as_of_date"))
        : Optional.empty();
  }

  static Optional<Instant> knownAt(GetPackageRequest request) {
    return request.hasKnownAt()
        ? Optional.of(TimestampMapper.fromProto(request.getKnownAt()))
        : Optional.empty();
  }

  static PageRequest page(ListPackagesRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static ListPackagesResponse toProto(Page<PackageRecord> page, ListPackagesRequest request) {
    return ListPackagesResponse.newBuilder()
        .addAllRecords(page.items().stream().map(RecordMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListPackagesRequest request) {
    return PageTokens.of(
        PackageServiceGrpc.getListPackagesMethod().getFullMethodName(), request.getEngineer());
  }

  static PutPackageResponse toPutResponse(PackageRecord record) {
    return PutPackageResponse.newBuilder().setRecord(toProto(record)).build();
  }

  static PutTokenBudgetResponse toBudgetResponse(PackageRecord record) {
    return PutTokenBudgetResponse.newBuilder().setRecord(toProto(record)).build();
  }

  static AddEquityGrantResponse toGrantResponse(PackageRecord record) {
    return AddEquityGrantResponse.newBuilder().setRecord(toProto(record)).build();
  }

  static GetPackageResponse toGetResponse(PackageRecord record) {
    return GetPackageResponse.newBuilder().setRecord(toProto(record)).build();
  }

  private static dev.fourthpillar.comp.v1.PackageRecord toProto(PackageRecord record) {
    return dev.fourthpillar.comp.v1.PackageRecord.newBuilder()
        .setPackageId(record.id().toString())
        .setEngineer(record.engineer())
        .setEffectiveDate(DateMapper.toProto(record.effectiveFrom()))
        .setRecordTime(TimestampMapper.toProto(record.recordedAt()))
        .setPackage(ContentMapper.toProto(record.stored()))
        .build();
  }

  private static PackageRecord fromBytes(byte[] bytes) {
    try {
      var record = dev.fourthpillar.comp.v1.PackageRecord.parseFrom(bytes);
      return new PackageRecord(
          UUID.fromString(record.getPackageId()),
          record.getEngineer(),
          DateMapper.fromProto(record.getEffectiveDate(), "effective_date"),
          TimestampMapper.fromProto(record.getRecordTime()),
          ContentMapper.fromProto(record.getPackage(), "package"));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept answer is not a package", e);
    }
  }
}
