package io.freshet.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterConfigTest {

    private static final AdapterConfig CONFIG = new AdapterConfig(
            8,
            16,
            0.05,
            List.of("query", "value"),
            List.of("classifier"),
            false,
            Optional.of("SEQ_CLS"),
            Optional.empty());

    @TempDir
    private Path temp;

    /** The keys of PEFT's LoraConfig that a reader of any version since 0.5 looks at. */
    @Test
    void writesTheKeysOfPeft() throws IOException {
        JsonNode json = new JsonMapper().readTree(CONFIG.toJson());
        assertThat(json.path("peft_type").asText()).isEqualTo("LORA");
        assertThat(json.path("task_type").asText()).isEqualTo("SEQ_CLS");
        assertThat(json.path("r").isInt()).isTrue();
        assertThat(json.path("r").asInt()).isEqualTo(8);
        assertThat(json.path("lora_alpha").isInt()).isTrue();
        assertThat(json.path("lora_alpha").asInt()).isEqualTo(16);
        assertThat(json.path("lora_dropout").asDouble()).isEqualTo(0.05);
        assertThat(json.path("target_modules").toString()).isEqualTo("[\"query\",\"value\"]");
        assertThat(json.path("modules_to_save").toString()).isEqualTo("[\"classifier\"]");
        assertThat(json.path("bias").asText()).isEqualTo("none");
        assertThat(json.path("fan_in_fan_out").isBoolean()).isTrue();
        assertThat(json.path("inference_mode").asBoolean()).isTrue();
        assertThat(json.has("base_model_name_or_path")).isTrue();
        assertThat(json.path("base_model_name_or_path").isNull()).isTrue();
    }

    @Test
    void readsWhatItWrites() throws IOException {
        assertThat(read(CONFIG.toJson())).isEqualTo(CONFIG);
        AdapterConfig other = new AdapterConfig(
                1, 0.5, 0, List.of("c_attn"), List.of(), true, Optional.empty(), Optional.of("../base"));
        assertThat(read(other.toJson())).isEqualTo(other);
    }

    /** As PEFT 0.18 writes it, with keys of its own that change nothing. */
    @Test
    void readsAFileOfPeft() throws IOException {
        AdapterConfig config = read("""
                {"alora_invocation_tokens": null, "alpha_pattern": {}, "arrow_config": null,
                 "auto_mapping": null, "base_model_name_or_path": "bert-base-uncased", "bias": "none",
                 "corda_config": null, "ensure_weight_tying": false, "eva_config": null, "exclude_modules": null,
                 "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true,
                 "layer_replication": null, "layers_pattern": null, "layers_to_transform": null,
                 "loftq_config": {}, "lora_alpha": 32, "lora_bias": false, "lora_dropout": 0.1,
                 "megatron_config": null, "megatron_core": "megatron.core", "modules_to_save": ["classifier", "score"],
                 "peft_type": "LORA", "peft_version": "0.18.0", "qalora_group_size": 16, "r": 4,
                 "rank_pattern": {}, "revision": null, "target_modules": ["value", "query"],
                 "target_parameters": null, "task_type": "SEQ_CLS", "trainable_token_indices": null,
                 "use_dora": false, "use_qalora": false, "use_rslora": false}""");
        assertThat(config.rank()).isEqualTo(4);
        assertThat(config.scale()).isEqualTo(8);
        assertThat(config.targets()).containsExactly("value", "query");
        assertThat(config.base()).contains("bert-base-uncased");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            use_rslora | true
            use_dora | true
            use_qalora | true
            lora_bias | true
            bias | "all"
            rank_pattern | {"query": 4}
            alpha_pattern | {"query": 4}
            layers_to_transform | [0]
            exclude_modules | ["key"]
            trainable_token_indices | [1]
            init_lora_weights | "pissa"
            peft_type | "IA3"
            target_modules | ".*query"
            target_modules | []
            modules_to_save | "classifier"
            r | 0
            r | 1.5
            lora_alpha | 0
            lora_dropout | 1
            something_new | 3
            """)
    void refusesWhatItCannotComputeNamingTheKey(String key, String value) throws IOException {
        assertThatThrownBy(() -> read(
                        "{\"peft_type\": \"LORA\", \"target_modules\": [\"query\"], \"%s\": %s}".formatted(key, value)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(AdapterConfig.FILE)
                .hasMessageContaining(key + " = " + value.replace(": ", ":"))
                .hasMessageContaining(" is not ");
    }

    @Test
    void saysEveryFaultAtOnce() {
        assertThatThrownBy(() -> read("{\"peft_type\": \"LORA\", \"r\": -1, \"use_dora\": true}"))
                .hasMessageContaining("r = -1")
                .hasMessageContaining("use_dora = true")
                .hasMessageContaining("target_modules = (missing)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "3"})
    void refusesWhatIsNoObject(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(ModelException.class).hasMessageContaining("JSON");
    }

    private AdapterConfig read(String json) throws IOException {
        Files.writeString(temp.resolve(AdapterConfig.FILE), json);
        return AdapterConfig.read(temp);
    }
}
