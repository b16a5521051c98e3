package dev.fourthpillar.comp.people;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.comp.v1.EndEmploymentRequest;
import dev.fourthpillar.comp.v1.EndEmploymentResponse;
import dev.fourthpillar.comp.v1.GetEngineerResponse;
import dev.fourthpillar.comp.v1.ListEngineersRequest;
import dev.fourthpillar.comp.v1.ListEngineersResponse;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import dev.fourthpillar.comp.v1.PutEngineerResponse;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.EngineerLeft;
import java.time.LocalDate;
import java.util.Optional;

/** Engineers between the contract and the domain. */
final class EngineerMapper {
  /** An answer is kept as the message that was sent. */
  static final AnswerCodec<Engineer> ANSWER_CODEC =
      new AnswerCodec<>(engineer -> toProto(engineer).toByteArray(), EngineerMapper::fromBytes);

  private static final PageTokens TOKENS =
      PageTokens.of(PeopleServiceGrpc.getListEngineersMethod().getFullMethodName());

  private EngineerMapper() {}

  static PutEngineer fromProto(dev.fourthpillar.comp.v1.Engineer engineer) {
    return new PutEngineer(
        ProfileMapper.fromRequest(engineer), lastDay(engineer), engineer.getEtag());
  }

  static LocalDate lastDay(EndEmploymentRequest request) {
    return ProfileMapper.day(request.getLastDay(), "last_day");
  }

  private static Optional<LocalDate> lastDay(dev.fourthpillar.comp.v1.Engineer engineer) {
    return engineer.hasLastDay()
        ? Optional.of(DateMapper.fromProto(engineer.getLastDay(), "engineer.last_day"))
        : Optional.empty();
  }

  static PutEngineerResponse toPutResponse(Engineer engineer) {
    return PutEngineerResponse.newBuilder().setEngineer(toProto(engineer)).build();
  }

  static GetEngineerResponse toGetResponse(Engineer engineer) {
    return GetEngineerResponse.newBuilder().setEngineer(toProto(engineer)).build();
  }

  static EndEmploymentResponse toEndResponse(Engineer engineer) {
    return EndEmploymentResponse.newBuilder().setEngineer(toProto(engineer)).build();
  }

  static PageRequest page(ListEngineersRequest request) {
    return TOKENS.read(request.getPageSize(), request.getPageToken());
  }

  static ListEngineersResponse toProto(Page<Engineer> page) {
    return ListEngineersResponse.newBuilder()
        .addAllEngineers(page.items().stream().map(EngineerMapper::toProto).toList())
        .setNextPageToken(TOKENS.next(page))
        .build();
  }

  /** Without the name: what the suite needs to know of a person, and no more. */
  static NewEvent changed(Engineer engineer, long version) {
    Profile profile = engineer.profile();
    EngineerChanged.Builder event =
        EngineerChanged.newBuilder()
            .setEngineer(engineer.id())
            .setTeam(profile.team())
            .setManager(profile.manager())
            .setCountry(profile.country())
            .setTimeZone(profile.timeZone().getId())
            .setCurrencyCode(profile.currency().getCurrencyCode())
            .setFte(DecimalMapper.toProto(profile.fte()))
            .setStartDate(DateMapper.toProto(profile.start()))
            .addAllIdentities(profile.identities().stream().map(ProfileMapper::toProto).toList());
    engineer.lastDay().ifPresent(day -> event.setLastDay(DateMapper.toProto(day)));
    return NewEvent.of(engineer.id(), version, event.build()).about(engineer.id());
  }

  static NewEvent left(Engineer engineer, LocalDate lastDay, long version) {
    return NewEvent.of(
            engineer.id(),
            version,
            EngineerLeft.newBuilder()
                .setEngineer(engineer.id())
                .setLastDay(DateMapper.toProto(lastDay))
                .build())
        .about(engineer.id());
  }

  private static dev.fourthpillar.comp.v1.Engineer toProto(Engineer engineer) {
    Profile profile = engineer.profile();
    dev.fourthpillar.comp.v1.Engineer.Builder proto =
        dev.fourthpillar.comp.v1.Engineer.newBuilder()
            .setEngineer(engineer.id())
            .setTeam(profile.team())
            .setManager(profile.manager())
            .setCountry(profile.country())
            .setTimeZone(profile.timeZone().getId())
            .setCurrencyCode(profile.currency().getCurrencyCode())
            .setFte(DecimalMapper.toProto(profile.fte()))
            .setStartDate(DateMapper.toProto(profile.start()))
            .addAllIdentities(profile.identities().stream().map(ProfileMapper::toProto).toList())
            .setDisplayName(profile.displayName())
            .setEtag(engineer.etag())
            .setUpdateTime(TimestampMapper.toProto(engineer.updatedAt()));
    engineer.lastDay().ifPresent(day -> proto.setLastDay(DateMapper.toProto(day)));
    return proto.build();
  }

  private static Engineer fromBytes(byte[] bytes) {
    try {
      var engineer = dev.fourthpillar.comp.v1.Engineer.parseFrom(bytes);
      return new Engineer(
          ProfileMapper.fromProto(engineer),
          lastDay(engineer),
          Long.parseLong(engineer.getEtag()),
          TimestampMapper.fromProto(engineer.getUpdateTime()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept answer is not an engineer", e);
    }
  }
}
