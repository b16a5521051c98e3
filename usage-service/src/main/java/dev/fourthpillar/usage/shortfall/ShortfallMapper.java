package dev.fourthpillar.usage.shortfall;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.usage.v1.ListShortfallsRequest;
import dev.fourthpillar.usage.v1.ListShortfallsResponse;
import dev.fourthpillar.usage.v1.ShortfallQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Between the contract and shortfalls. */
public final class ShortfallMapper {

  private ShortfallMapper() {}

  public static Optional<Instant> from(ListShortfallsRequest request) {
    return request.hasStartTime()
        ? Optional.of(TimestampMapper.fromProto(request.getStartTime()))
        : Optional.empty();
  }

  public static Optional<Instant> until(ListShortfallsRequest request) {
    return request.hasEndTime()
        ? Optional.of(TimestampMapper.fromProto(request.getEndTime()))
        : Optional.empty();
  }

  public static int atMost(ListShortfallsRequest request) {
    return request.getPageSize() == 0
        ? PageRequest.DEFAULT_SIZE
        : Math.min(request.getPageSize(), PageRequest.MAX_SIZE);
  }

  public static ListShortfallsResponse toProto(List<Shortfall> shortfalls) {
    return ListShortfallsResponse.newBuilder()
        .addAllShortfalls(shortfalls.stream().map(ShortfallMapper::toProto).toList())
        .build();
  }

  private static dev.fourthpillar.usage.v1.Shortfall toProto(Shortfall shortfall) {
    return dev.fourthpillar.usage.v1.Shortfall.newBuilder()
        .setTool(shortfall.tool())
        .setEngineer(shortfall.engineer())
        .setSession(shortfall.session())
        .setModel(shortfall.model())
        .setStartTime(TimestampMapper.toProto(shortfall.from()))
        .setEndTime(TimestampMapper.toProto(shortfall.until()))
        .addAllQuantities(
            shortfall.kinds().entrySet().stream()
                .map(
                    kind ->
                        ShortfallQuantity.newBuilder()
                            .setMeter(kind.getKey())
                            .setMeteredCount(kind.getValue().metered())
                            .setCountedCount(kind.getValue().counted())
                            .build())
                .toList())
        .build();
  }
}
