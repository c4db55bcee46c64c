package io.freshet.model.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.ModelException;
import io.freshet.model.config.ModelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the numbers come to is in the golden file; here is how the two versions of transformers write them down. */
class RopeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'rope_theta':10000.0}",
                "{}",
                "{'rope_theta':10000.0,'rope_scaling':null}",
                "{'rope_theta':10000.0,'rope_scaling':{'type':'default'}}",
                "{'rope_parameters':{'rope_theta':10000.0,'rope_type':'default'}}",
                "{'rope_theta':5.0,'rope_parameters':{'rope_theta':10000.0}}",
            })
    void readsBothVersionsOfTheConfiguration(String json) {
        // 10000^(-0/4) and 10000^(-2/4)
        assertThat(angles(json)).contains("torch.tensor([1.0, 0.01],");
    }

    @Test
    void scalesAllAngles() {
        assertThat(angles("{'rope_scaling':{'type':'linear','factor':4}}")).contains("[0.25, 0.0025");
        assertThat(angles("{'rope_parameters':{'rope_type':'linear','factor':4.0}}"))
                .contains("[0.25, 0.0025");
    }

    @Test
    void scalesTheSlowAnglesOnlyAsLlama3Does() {
        // 64 positions: the first angle makes 64 / 2 pi = 10 turns, above 4; the second 0.1, below 1
        String json = "{'rope_parameters':{'rope_type':'llama3','factor':8.0,'low_freq_factor':1.0,"
                + "'high_freq_factor':4.0,'original_max_position_embeddings':64}}";
        assertThat(angles(json)).contains("[1.0, 0.00125");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'rope_scaling':{'type':'dynamic','factor':2}} | rope_scaling: type = \"dynamic\" is not supported",
                "{'rope_parameters':{'rope_type':'yarn'}} | rope_parameters: rope_type = \"yarn\" is not supported; default,",
                "{'rope_scaling':{'type':'linear'}} | rope_scaling: factor = (missing) is not a number above 0",
                "{'rope_parameters':{'rope_type':'linear','factor':0}} | factor = 0 is not a number above 0",
                "{'rope_parameters':7} | rope_parameters = 7 is not an object",
                "{'rope_parameters':{'partial_rotary_factor':0.5}} | partial_rotary_factor = 0.5 is not supported; 1 is",
                "{'rope_parameters':{'rope_type':'llama3','factor':8}} | low_freq_factor = (missing) is not",
                "{'rope_theta':'x'} | rope_theta = \"x\" is not a number",
            })
    void refusesWhatItCannotCompute(String json, String message) {
        assertThatThrownBy(() -> angles(json))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private static String angles(String json) {
        Layers layers = new Layers(Blueprint.of(io.freshet.model.Objective.CAUSAL_LM));
        Rope.of(ModelConfig.parse("dir/config.json", json.replace('\'', '"')), 4)
                .angles(layers);
        return layers.body();
    }
}
