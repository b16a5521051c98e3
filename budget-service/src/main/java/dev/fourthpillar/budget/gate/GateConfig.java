package dev.fourthpillar.budget.gate;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Where metering of persons begins closed ({@code fourthpillar.gate.*}). usage-service has the same
 * key, and both need the same value.
 *
 * @param countries ISO 3166-1 alpha-2, in which the collection gate is closed until somebody opens
 *     it; everywhere else it is open until somebody closes it
 */
@ConfigurationProperties("fourthpillar.gate")
public record GateConfig(
    @Bindable(
            defaultValue =
                "AT,BE,BG,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE,IS,LI,NO,GB,CH")
        List<String> countries) {

  private static final int MAX_COUNTRIES = 300;

  public GateConfig {
    Check check = new Check("fourthpillar.gate");
    check.that(
        "countries",
        countries.size() <= MAX_COUNTRIES
            && countries.stream().allMatch(country -> country.matches("[A-Z]{2}")),
        countries,
        "at most %d codes of two capital letters".formatted(MAX_COUNTRIES));
    countries = List.copyOf(countries);
  }
}
