package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.proration.Segments;
import dev.fourthpillar.comp.vest.Quantity;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Kept, forfeited and owed, line by line.
 *
 * @param earnedBase of the calendar year of the last day
 * @param equity one entry per grant that was made; assumed grants are none
 * @param clawbacks owed back, one per sign-on with such a term
 * @param unpaidSignOns what falls due after the last day, and is lost
 * @param tokensKept PORTABLE, and nothing else of the tokens
 * @param tokensForfeited what is unspent at FACE and not kept
 * @param losses what money does not measure
 */
public record LeaverStatement(
    LocalDate lastDay,
    Segments earnedBase,
    List<Equity> equity,
    List<Line> clawbacks,
    List<Line> unpaidSignOns,
    Figure tokensKept,
    Figure tokensForfeited,
    List<Loss> losses,
    Line nextOfferAnchor) {

  public LeaverStatement {
    equity = List.copyOf(equity);
    clawbacks = List.copyOf(clawbacks);
    unpaidSignOns = List.copyOf(unpaidSignOns);
    losses = List.copyOf(losses);
  }

  /** What of a grant is kept and what is lost, at the price of the grant's terms. */
  public record Equity(
      String grantId, Quantity vested, Line kept, Quantity unvested, Line forfeited) {}

  /** What goes and is no figure. */
  public enum Loss {
    ACCESS("Access to the models and agents that the employer paid for ends."),
    WORK_CONTEXT("Prompts, agents and their memory in the employer's accounts stay behind."),
    CAPACITY("Output that rested on the token budget cannot be repeated without one.");

    private final String text;

    Loss(String text) {
      this.text = text;
    }

    /** A sentence for people, in English. */
    public String text() {
      return text;
    }
  }

  public List<Line> lines() {
    return Stream.of(
            Stream.of(earnedBase.total()),
            equity.stream().flatMap(grant -> Stream.of(grant.kept(), grant.forfeited())),
            clawbacks.stream(),
            unpaidSignOns.stream(),
            tokensKept.known().stream(),
            tokensForfeited.known().stream(),
            Stream.of(nextOfferAnchor))
        .flatMap(lines -> lines)
        .toList();
  }
}
