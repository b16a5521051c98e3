package dev.fourthpillar.sample.pocket;

import dev.fourthpillar.backbone.money.Amount;

/**
 * The command to put money into a pocket.
 *
 * @param amount more than 0
 * @param memo what for; personal
 */
record PutInPocket(String engineer, String pocket, Amount amount, String memo) {}
