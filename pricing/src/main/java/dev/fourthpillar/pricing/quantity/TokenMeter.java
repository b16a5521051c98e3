package dev.fourthpillar.pricing.quantity;

import java.util.Locale;
import java.util.Objects;

/** Tokens of one kind and modality; the time to live labels cache writes only. */
public record TokenMeter(TokenKind kind, Modality modality, CacheTtl ttl) implements Meter {

  public static final TokenMeter INPUT = new TokenMeter(TokenKind.INPUT);
  public static final TokenMeter CACHE_READ = new TokenMeter(TokenKind.CACHE_READ);
  public static final TokenMeter CACHE_WRITE = new TokenMeter(TokenKind.CACHE_WRITE);
  public static final TokenMeter CACHE_WRITE_5M = cacheWrite(CacheTtl.M5);
  public static final TokenMeter CACHE_WRITE_30M = cacheWrite(CacheTtl.M30);
  public static final TokenMeter CACHE_WRITE_1H = cacheWrite(CacheTtl.H1);
  public static final TokenMeter CACHE_WRITE_12H = cacheWrite(CacheTtl.H12);
  public static final TokenMeter OUTPUT = new TokenMeter(TokenKind.OUTPUT);
  public static final TokenMeter REASONING = new TokenMeter(TokenKind.REASONING);

  public TokenMeter {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(ttl, "ttl");
    if (ttl != CacheTtl.UNLABELLED && kind != TokenKind.CACHE_WRITE) {
      throw new IllegalArgumentException(
          "ttl: " + ttl + " on " + kind + " (expected: CACHE_WRITE)");
    }
    if (kind == TokenKind.REASONING && modality != Modality.TEXT) {
      throw new IllegalArgumentException("modality: " + modality + " (expected: TEXT reasoning)");
    }
  }

  public TokenMeter(TokenKind kind) {
    this(kind, Modality.TEXT, CacheTtl.UNLABELLED);
  }

  public TokenMeter(TokenKind kind, Modality modality) {
    this(kind, modality, CacheTtl.UNLABELLED);
  }

  public static TokenMeter cacheWrite(CacheTtl ttl) {
    return new TokenMeter(TokenKind.CACHE_WRITE, Modality.TEXT, ttl);
  }

  @Override
  public String code() {
    StringBuilder code = new StringBuilder(kind.name());
    if (modality != Modality.TEXT) {
      code.append('.').append(modality.name());
    }
    if (ttl != CacheTtl.UNLABELLED) {
      code.append('.').append(ttl.code());
    }
    return code.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return code();
  }
}
