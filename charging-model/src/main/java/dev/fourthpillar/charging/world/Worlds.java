package dev.fourthpillar.charging.world;

import dev.fourthpillar.charging.world.HoldAccount.Booking;
import dev.fourthpillar.charging.world.HoldAccount.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Worlds by chance. Every call can be recognised from what cannot get lost of it: reports that
 * share no id are different calls to everybody, and no rule could tell otherwise.
 */
public final class Worlds {
  /** No call is later. */
  public static final Instant LAST = Instant.parse("2026-11-20T12:34:56Z");

  public static final String PRICED = "claude-opus-4-5";
  public static final String PRICED_LATE = "nova-9";
  public static final String NEVER_PRICED = "zeta-1";

  /** Known from the beginning. */
  public static final String ADA = "ada";

  /** Has an account in another currency. */
  public static final String BOB = "bob";

  /** Is told late. */
  public static final String DAN = "dan";

  /** Works where the collection gate is closed. */
  public static final String EVA = "eva";

  /** Is never told. */
  public static final String FAY = "fay";

  private static final Map<String, Price> PRICES =
      Map.of(
          PRICED, Price.of("5", "0.5", "25"),
          PRICED_LATE, Price.of("0.333", "0.0333", "1.1111"));

  private static final List<String> MODELS =
      List.of(PRICED, PRICED, PRICED, PRICED_LATE, NEVER_PRICED);
  private static final List<String> ENGINEERS = List.of(ADA, ADA, ADA, BOB, BOB, DAN, EVA, FAY);
  private static final List<String> WITH_HOLDS = List.of(ADA, ADA, BOB, DAN);

  /**
   * Within it some calls of a session are more than an hour apart, and some are of the day before.
   */
  private static final Duration SPAN = Duration.ofHours(16);

  /** All of the last day: a reserve is made now, and needs the rate of now. */
  private static final Duration HOLD_SPAN = Duration.ofHours(12);

  private static final LocalDate EARLIER_DAY = day(LAST.minus(SPAN));

  private final Random random;
  private final List<Instant> calls = new ArrayList<>();
  private final List<Delivery> durable = new ArrayList<>();
  private final List<Report> lossy = new ArrayList<>();
  private int holds;

  private Worlds(Random random) {
    this.random = random;
  }

  /** A world of so many calls, or a few more: those of a hold come together. */
  public static World of(long seed, int calls) {
    return new Worlds(new Random(seed)).make(calls);
  }

  private World make(int count) {
    while (calls.size() < count) {
      switch (random.nextInt(5)) {
        case 0, 1 -> direct();
        case 2 -> throughGateway();
        default -> held();
      }
    }
    people();
    durable.add(new BookActivated(PRICES));
    durable.add(new RatePublished(EARLIER_DAY, rate(EARLIER_DAY)));
    return new World(calls, known(), durable, lossy);
  }

  private static List<Delivery> known() {
    return List.of(
        new BookActivated(Map.of(PRICED, PRICES.get(PRICED))),
        new PersonTold(ADA, 1, Set.of(address(ADA)), false),
        new PersonTold(BOB, 1, Set.of(address(BOB), address("shared")), false),
        new RatePublished(day(LAST), rate(day(LAST))));
  }

  /** The shared address goes from Bob to Ada; for a while it may be both's, or nobody's. */
  private void people() {
    durable.add(new PersonTold(ADA, 2, Set.of(address(ADA), address("shared")), false));
    durable.add(new PersonTold(BOB, 2, Set.of(address(BOB)), false));
    durable.add(new PersonTold(DAN, 1, Set.of(address(DAN)), false));
    durable.add(new PersonTold(EVA, 1, Set.of(address(EVA)), true));
  }

  /** What a day's rate will be: needs rounding, and another one every day. */
  public static BigDecimal rate(LocalDate day) {
    return new BigDecimal("0.913707").add(BigDecimal.valueOf(day.getDayOfMonth(), 4));
  }

  public static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** From the tool to the provider, without a gateway. */
  private void direct() {
    Told told = call(pick(ENGINEERS), SPAN);
    boolean other = random.nextBoolean();
    log(told, random.nextInt(10) == 0 ? Set.of() : told.request(), Optional.empty());
    if (other) {
      // A span without an id is known by its session only.
      Set<String> ids = random.nextBoolean() ? Set.of() : told.request();
      lossy.add(
          report(told, "span", Source.CLIENT_SPAN, told.session(), ids, told.tokens, who(told)));
    }
    boolean recognisable =
        lossy.stream().filter(r -> r.call() == told.number).noneMatch(r -> r.ids().isEmpty());
    if (recognisable && random.nextInt(3) == 0) {
      lossy.add(provider(told, told.request()));
    }
  }

  /** Through a gateway without holds, which alone knows both ids of the call. */
  private void throughGateway() {
    Told told = call(pick(ENGINEERS), SPAN);
    log(told, told.request(), Optional.empty());
    durable.add(gateway(told));
    lossy.add(provider(told, told.response()));
  }

  private Report gateway(Told told) {
    List<Claim> claims =
        random.nextInt(3) == 0 && !told.email.equals(address("shared"))
            ? List.of(new Claim.Engineer(told.engineer))
            : List.of();
    return report(told, "gateway", Source.GATEWAY, "", told.ids(), told.tokens, claims);
  }

  private Report provider(Told told, Set<String> ids) {
    return report(told, "provider", Source.PROVIDER, "", ids, told.tokens, List.of());
  }

  /** A gateway that holds. The call may have needed several attempts, which all cost. */
  private void held() {
    String engineer = pick(WITH_HOLDS);
    String hold = "hold-" + ++holds;
    List<Told> attempts = new ArrayList<>();
    attempts.add(call(engineer, HOLD_SPAN));
    Instant reserved = attempts.getFirst().time.minusSeconds(3);
    for (int retries = random.nextInt(3); retries > 0; retries--) {
      attempts.add(again(attempts.getFirst(), attempts.size()));
    }
    List<HoldAccount> accounts = accounts(engineer, hold, reserved, attempts);
    durable.addAll(accounts);
    HoldAccount last = accounts.getLast();
    boolean knowsIds = last.outcome() == Outcome.SETTLED;
    boolean blind =
        last.outcome() == Outcome.ESTIMATED && last.bookings().getFirst().ids().isEmpty();
    int number = 0;
    for (Told attempt : attempts) {
      number++;
      // An estimate that knows no id is found by its name or not at all.
      boolean byNameOnly = blind && number == 1;
      Optional<Attempt> named =
          byNameOnly || random.nextBoolean()
              ? Optional.of(new Attempt(engineer, hold, number))
              : Optional.empty();
      boolean withoutId = byNameOnly || (named.isPresent() && random.nextInt(3) == 0);
      // On a shared machine the tool is signed in as somebody else: the hold pays all the same.
      Told seen = random.nextInt(8) == 0 ? attempt.signedInAs(pick(ENGINEERS)) : attempt;
      log(seen, withoutId ? Set.of() : attempt.request(), named);
      if (!withoutId) {
        if (random.nextInt(3) == 0) {
          lossy.add(
              report(
                  seen,
                  "span",
                  Source.CLIENT_SPAN,
                  seen.session(),
                  attempt.request(),
                  attempt.tokens,
                  who(seen)));
        }
        if (random.nextInt(3) == 0) {
          durable.add(gateway(attempt));
        }
      }
      if (knowsIds && random.nextInt(3) == 0) {
        lossy.add(provider(attempt, attempt.request()));
      }
    }
  }

  /** How the hold ended: by its caller; or the caller died, and it expired; or both, late. */
  private List<HoldAccount> accounts(
      String engineer, String hold, Instant reserved, List<Told> attempts) {
    HoldAccount settled =
        new HoldAccount(engineer, hold, 2, Outcome.SETTLED, reserved, bookings(attempts));
    Told first = attempts.getFirst();
    Booking guess =
        new Booking(
            1,
            first.model,
            random.nextBoolean() ? first.request() : Set.of(),
            Tokens.NONE,
            estimate(),
            first.number);
    HoldAccount expired =
        random.nextBoolean()
            ? new HoldAccount(engineer, hold, 1, Outcome.ESTIMATED, reserved, List.of(guess))
            : new HoldAccount(
                engineer,
                hold,
                1,
                Outcome.RELEASED,
                reserved,
                random.nextBoolean()
                    ? List.of()
                    : List.of(
                        new Booking(
                            1,
                            guess.model(),
                            guess.ids(),
                            Tokens.NONE,
                            Cost.NOTHING,
                            guess.call())));
    return switch (random.nextInt(4)) {
      case 0 -> List.of(expired);
      case 1 -> List.of(expired, settled);
      case 2 -> {
        // A gateway that came back late, and by then knew another id than before the call.
        Booking early = guess.knowing(first.request());
        List<Booking> late = new ArrayList<>(settled.bookings());
        late.set(0, late.getFirst().knowing(first.response()));
        yield List.of(
            new HoldAccount(engineer, hold, 1, Outcome.ESTIMATED, reserved, List.of(early)),
            new HoldAccount(engineer, hold, 2, Outcome.SETTLED, reserved, late));
      }
      default -> List.of(settled);
    };
  }

  private List<Booking> bookings(List<Told> attempts) {
    List<Booking> bookings = new ArrayList<>();
    for (Told attempt : attempts) {
      Price price = PRICES.get(attempt.model);
      // Booked at another price than usage-service will find, or by estimate, or exactly.
      Cost booked = price == null || random.nextInt(3) == 0 ? estimate() : price.of(attempt.tokens);
      bookings.add(
          new Booking(
              bookings.size() + 1,
              attempt.model,
              attempt.ids(),
              attempt.tokens,
              booked,
              attempt.number));
    }
    return bookings;
  }

  private Cost estimate() {
    long list = 1L + random.nextInt(60_000_000);
    return new Cost(list, list / 3 * 2);
  }

  /** The tool's log, which some exporters send again in another version. */
  private void log(Told told, Set<String> ids, Optional<Attempt> hold) {
    Report log =
        new Report(
            "log-" + told.number,
            0,
            Source.CLIENT,
            told.session(),
            ids,
            told.time.plusSeconds(random.nextInt(3)),
            told.model,
            // Some tools do not see what came from the cache.
            random.nextInt(4) == 0
                ? new Tokens(told.tokens.input(), 0, told.tokens.output())
                : told.tokens,
            who(told),
            hold,
            told.number);
    lossy.add(log);
    if (random.nextInt(12) == 0) {
      lossy.add(log.saying(1, log.tokens().plus(new Tokens(0, 0, random.nextLong(1, 50)))));
    }
  }

  private static Report report(
      Told told,
      String what,
      Source source,
      String group,
      Set<String> ids,
      Tokens tokens,
      List<Claim> claims) {
    return new Report(
        what + "-" + told.number,
        0,
        source,
        group,
        ids,
        told.time,
        told.model,
        tokens,
        claims,
        Optional.empty(),
        told.number);
  }

  private static List<Claim> who(Told told) {
    return List.of(new Claim.Email(told.email));
  }

  private Told call(String engineer, Duration within) {
    Instant time = LAST.minusSeconds(random.nextLong(60, within.toSeconds()));
    String email = address(engineer.equals(ADA) && random.nextInt(3) == 0 ? "shared" : engineer);
    return made(engineer, email, time, pick(MODELS));
  }

  /** Another attempt of the same call, seconds later: a call of its own. */
  private Told again(Told first, int attempt) {
    return made(first.engineer, first.email, first.time.plusSeconds(attempt), first.model);
  }

  private Told made(String engineer, String email, Instant time, String model) {
    Tokens tokens =
        new Tokens(random.nextLong(1, 5_000), random.nextLong(20_000), random.nextLong(1, 900));
    calls.add(time);
    return new Told(calls.size() - 1, engineer, email, time, model, tokens);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String address(String name) {
    return name + "@example.com";
  }

  /** A call as it truly was. */
  private record Told(
      int number, String engineer, String email, Instant time, String model, Tokens tokens) {
    String session() {
      return "session-" + email;
    }

    Set<String> request() {
      return Set.of("req-" + number);
    }

    Set<String> response() {
      return Set.of("resp-" + number);
    }

    Set<String> ids() {
      return Set.of("req-" + number, "resp-" + number);
    }

    Told signedInAs(String somebody) {
      return new Told(number, engineer, address(somebody), time, model, tokens);
    }
  }
}
