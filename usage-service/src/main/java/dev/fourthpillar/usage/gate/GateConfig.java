package dev.fourthpillar.usage.gate;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Where metering of persons begins closed. budget-service has the first key too, and both need the
 * same value.
 *
 * @param countries ISO 3166-1 alpha-2, in which the collection gate is closed until somebody opens
 *     it; everywhere else it is open until somebody closes it
 * @param worksCouncilCountries of them or others: where opening needs a works-council agreement
 */
@ConfigurationProperties(GateConfig.PREFIX)
public record GateConfig(
    @Bindable(
            defaultValue =
                "AT,BE,BG,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE,IS,LI,NO,GB,CH")
        List<String> countries,
    @Bindable(defaultValue = "AT,DE,NL") List<String> worksCouncilCountries) {
  static final String PREFIX = "fourthpillar.gate";

  private static final int MAX_COUNTRIES = 300;

  public GateConfig {
    Check check = new Check(PREFIX);
    countries(check, "countries", countries);
    countries(check, "works-council-countries", worksCouncilCountries);
    countries = List.copyOf(countries);
    worksCouncilCountries = List.copyOf(worksCouncilCountries);
  }

  private static void countries(Check check, String key, List<String> codes) {
    check.that(
        key,
        codes.size() <= MAX_COUNTRIES && codes.stream().allMatch(code -> code.matches("[A-Z]{2}")),
        codes,
        "at most %d codes of two capital letters".formatted(MAX_COUNTRIES));
  }
}
