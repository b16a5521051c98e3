package dev.fourthpillar.pricing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** How often a property is tried: 1,000 times, or 20,000 with -Dfourthpillar.soak=true. */
public final class PropertyDose implements AroundPropertyHook {

  private static final int TRIES = 1_000;
  private static final int SOAK_TRIES = 20_000;

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    context.attributes().setTries(Boolean.getBoolean("fourthpillar.soak") ? SOAK_TRIES : TRIES);
    return property.execute();
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
