package dev.fourthpillar.pricing.quantity;

/** Direction of a unit: towards the model or from it. */
public enum Flow {
  INPUT,
  OUTPUT
}
