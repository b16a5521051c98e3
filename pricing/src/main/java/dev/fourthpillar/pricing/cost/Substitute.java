package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.quantity.CacheTtl;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Modality;
import dev.fourthpillar.pricing.quantity.TokenKind;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.pricing.quantity.UnitDetail;
import dev.fourthpillar.pricing.quantity.UnitMeter;
import dev.fourthpillar.pricing.quantity.UnknownMeter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The meters whose price may stand for one that has none, in order, and the flags that then show.
 * Only what vendors really do is here; anything else is a missing price.
 */
record Substitute(Meter meter, Set<PriceFlag> flags) {

  static List<Substitute> chain(Meter meter) {
    return switch (meter) {
      case TokenMeter tokens -> chain(tokens);
      case UnitMeter unit -> chain(unit);
      // What it is nobody knows here, so nothing stands for it.
      case UnknownMeter _ -> List.of();
    };
  }

  private static List<Substitute> chain(TokenMeter meter) {
    List<Substitute> chain = new ArrayList<>();
    switch (meter.kind()) {
      case INPUT, CACHE_READ, CACHE_WRITE -> {
        prompt(chain, meter, EnumSet.noneOf(PriceFlag.class));
        if (meter.modality() == Modality.IMAGE || meter.modality() == Modality.VIDEO) {
          // Price lists without an image price bill images by the tokens they are cut into. Audio
          // costs a multiple of text wherever it is priced, so it gets no text price.
          prompt(
              chain,
              new TokenMeter(meter.kind(), Modality.TEXT, meter.ttl()),
              EnumSet.of(PriceFlag.MODALITY_AT_TEXT_PRICE));
        }
      }
      // Generated images, audio and video always cost more than text: no price, no substitute.
      case OUTPUT, REASONING -> chain.add(plain(meter));
    }
    return chain;
  }

  private static void prompt(List<Substitute> chain, TokenMeter meter, EnumSet<PriceFlag> because) {
    TokenMeter input = new TokenMeter(TokenKind.INPUT, meter.modality());
    chain.add(new Substitute(meter, because));
    switch (meter.kind()) {
      case CACHE_READ ->
          chain.add(new Substitute(input, plus(because, PriceFlag.CACHE_READ_AT_INPUT_PRICE)));
      case CACHE_WRITE -> {
        cacheWrite(chain, meter, because);
        chain.add(new Substitute(input, plus(because, PriceFlag.CACHE_WRITE_AT_INPUT_PRICE)));
      }
      case INPUT, OUTPUT, REASONING -> {}
    }
  }

  /** The general cache-write price holds for the short times to live, 1 h also for longer ones. */
  private static void cacheWrite(
      List<Substitute> chain, TokenMeter meter, EnumSet<PriceFlag> because) {
    TokenMeter general = ttl(meter, CacheTtl.UNLABELLED);
    switch (meter.ttl()) {
      case UNLABELLED -> chain.add(new Substitute(ttl(meter, CacheTtl.M5), because));
      case M5, M30 -> chain.add(new Substitute(general, because));
      case H1 -> chain.add(longer(general, because));
      case H12 -> {
        chain.add(new Substitute(ttl(meter, CacheTtl.H1), because));
        chain.add(longer(general, because));
      }
    }
  }

  private static Substitute longer(TokenMeter general, EnumSet<PriceFlag> because) {
    return new Substitute(general, plus(because, PriceFlag.CACHE_WRITE_TTL_PRICE_MISSING));
  }

  private static List<Substitute> chain(UnitMeter meter) {
    UnitDetail general =
        switch (meter.detail()) {
          case AUDIO, VIDEO -> UnitDetail.NONE;
          case WEB_SEARCH_LOW, WEB_SEARCH_MEDIUM, WEB_SEARCH_HIGH -> UnitDetail.WEB_SEARCH;
          case NONE, ANNOTATION, WEB_SEARCH -> meter.detail();
        };
    if (general == meter.detail()) {
      return List.of(plain(meter));
    }
    UnitMeter whole = new UnitMeter(meter.unit(), meter.flow(), general);
    return List.of(
        plain(meter), new Substitute(whole, EnumSet.of(PriceFlag.UNIT_AT_GENERAL_PRICE)));
  }

  private static TokenMeter ttl(TokenMeter meter, CacheTtl ttl) {
    return new TokenMeter(meter.kind(), meter.modality(), ttl);
  }

  private static Substitute plain(Meter meter) {
    return new Substitute(meter, EnumSet.noneOf(PriceFlag.class));
  }

  private static EnumSet<PriceFlag> plus(EnumSet<PriceFlag> flags, PriceFlag flag) {
    EnumSet<PriceFlag> more = EnumSet.copyOf(flags);
    more.add(flag);
    return more;
  }
}
