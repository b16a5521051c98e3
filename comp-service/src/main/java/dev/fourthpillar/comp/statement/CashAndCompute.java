package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.money.ExactMoney;
import java.util.Optional;

/**
 * A year's cash and compute before rounding, for comparing years.
 *
 * @param cash base and target bonus
 * @param compute tokens at FACE; empty where FACE is undefined
 * @param headline everything including tokens at FACE; empty where FACE is undefined
 */
public record CashAndCompute(
    ExactMoney cash, Optional<ExactMoney> compute, Optional<ExactMoney> headline) {}
