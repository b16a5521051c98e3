package dev.fourthpillar.usage.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.type.v1.IdentityKind;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.v1.IdentityMapping;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc;
import dev.fourthpillar.usage.v1.ListIdentitiesRequest;
import dev.fourthpillar.usage.v1.ListIdentitiesResponse;
import dev.fourthpillar.usage.v1.ListUnattributedResponse;
import dev.fourthpillar.usage.v1.ListUnpricedResponse;
import dev.fourthpillar.usage.v1.MapIdentityRequest;
import dev.fourthpillar.usage.v1.UnattributedUsage;
import dev.fourthpillar.usage.v1.UnmapIdentityRequest;
import dev.fourthpillar.usage.v1.UnpricedUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Identities between the contract and the domain. */
final class IdentityMapper {
  static final String ENGINEER_CHANGED = EngineerChanged.getDescriptor().getFullName();

  static final AnswerCodec<Mapping> CODEC =
      new AnswerCodec<>(
          mapping -> toProto(mapping).toByteArray(),
          bytes -> {
            try {
              IdentityMapping mapping = IdentityMapping.parseFrom(bytes);
              return new Mapping(
                  identity(mapping.getIdentity()),
                  text(mapping.getEngineer()),
                  mapping.hasEffectiveTime()
                      ? TimestampMapper.fromProto(mapping.getEffectiveTime())
                      : Instant.EPOCH,
                  mapping.getFromPeople());
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a kept answer is no mapping", e);
            }
          });

  private static final String KIND = "IDENTITY_KIND_";

  private IdentityMapper() {}

  static Person person(Event event) {
    try {
      EngineerChanged changed = event.getData().unpack(EngineerChanged.class);
      return new Person(
          changed.getEngineer(),
          event.getVersion(),
          changed.getTeam(),
          changed.getManager(),
          changed.getCountry(),
          changed.getTimeZone(),
          changed.getIdentitiesList().stream()
              .map(IdentityMapper::identity)
              .collect(Collectors.toSet()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event is not what its type says", e);
    }
  }

  static Mapping fromProto(MapIdentityRequest request) {
    return new Mapping(
        identity(request.getIdentity()),
        Optional.of(request.getEngineer()),
        request.hasEffectiveTime()
            ? TimestampMapper.fromProto(request.getEffectiveTime())
            : Instant.EPOCH,
        false);
  }

  static Mapping fromProto(UnmapIdentityRequest request) {
    return new Mapping(
        identity(request.getIdentity()),
        Optional.empty(),
        request.hasEffectiveTime()
            ? TimestampMapper.fromProto(request.getEffectiveTime())
            : Instant.EPOCH,
        false);
  }

  static IdentityMapping toProto(Mapping mapping) {
    IdentityMapping.Builder message =
        IdentityMapping.newBuilder()
            .setIdentity(toProto(mapping.identity()))
            .setEngineer(mapping.engineer().orElse(""))
            .setFromPeople(mapping.fromPeople());
    if (mapping.since().isAfter(Instant.EPOCH)) {
      message.setEffectiveTime(TimestampMapper.toProto(mapping.since()));
    }
    return message.build();
  }

  static PageRequest page(ListIdentitiesRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static ListIdentitiesResponse toProto(Page<Mapping> page, ListIdentitiesRequest request) {
    return ListIdentitiesResponse.newBuilder()
        .addAllMappings(page.items().stream().map(IdentityMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListIdentitiesRequest request) {
    return PageTokens.of(
        IdentityServiceGrpc.getListIdentitiesMethod().getFullMethodName(), request.getEngineer());
  }

  static int groups(int pageSize) {
    return pageSize == 0 ? PageRequest.DEFAULT_SIZE : Math.min(pageSize, PageRequest.MAX_SIZE);
  }

  static ListUnattributedResponse toUnattributed(List<OpenUsageRepository.Unattributed> groups) {
    return ListUnattributedResponse.newBuilder()
        .addAllGroups(groups.stream().map(IdentityMapper::toProto).toList())
        .build();
  }

  private static UnattributedUsage toProto(OpenUsageRepository.Unattributed group) {
    return UnattributedUsage.newBuilder()
        .setTool(group.tool())
        .addAllClaims(
            group.claims().stream()
                .flatMap(claim -> Identity.ofKey(claim).stream())
                .map(IdentityMapper::toProto)
                .toList())
        .setUnknownEngineer(
            group.claims().stream()
                .flatMap(claim -> Identity.engineerOf(claim).stream())
                .findFirst()
                .orElse(""))
        .setUnitCount(group.units())
        .setFirstTime(TimestampMapper.toProto(group.first()))
        .setLastTime(TimestampMapper.toProto(group.last()))
        .build();
  }

  static ListUnpricedResponse toUnpriced(List<OpenUsageRepository.Unpriced> groups) {
    return ListUnpricedResponse.newBuilder()
        .addAllGroups(groups.stream().map(IdentityMapper::toProto).toList())
        .build();
  }

  private static UnpricedUsage toProto(OpenUsageRepository.Unpriced group) {
    return UnpricedUsage.newBuilder()
        .setTool(group.tool())
        .setDay(DateMapper.toProto(group.day()))
        .setProvider(group.provider())
        .setModel(group.model())
        .setUnitCount(group.units())
        .addAllQuantities(
            group.quantities().entrySet().stream()
                .map(
                    entry ->
                        MeterQuantity.newBuilder()
                            .setMeter(entry.getKey())
                            .setQuantity(entry.getValue())
                            .build())
                .toList())
        .build();
  }

  private static Identity identity(dev.fourthpillar.type.v1.Identity identity) {
    return new Identity(
        Identity.Kind.valueOf(identity.getKind().name().substring(KIND.length())),
        identity.getValue());
  }

  private static dev.fourthpillar.type.v1.Identity toProto(Identity identity) {
    return dev.fourthpillar.type.v1.Identity.newBuilder()
        .setKind(IdentityKind.valueOf(KIND + identity.kind().name()))
        .setValue(identity.value())
        .build();
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
