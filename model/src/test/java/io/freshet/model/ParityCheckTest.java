package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"bert-classification", "distilbert-classification"})
    void agreesWithTransformersOnLogitsGradientsAndThreeSteps(String fixture) {
        Parity parity = ParityCheck.run(Fixtures.shared("fixtures/" + fixture));
        System.out.println(parity);
        assertThat(parity).satisfies(found -> assertThat(found.passes()).isTrue());
    }
}
