package io.freshet.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {

    @Test
    void readsLabelsInTheOrderOfTheHeadsRows() {
        StringBuilder json = new StringBuilder("{\"id2label\":{");
        for (int row = 11; row >= 0; row--) {
            json.append("\"%d\":\"label %d\"%s".formatted(row, row, row > 0 ? "," : "}}"));
        }
        List<String> labels =
                ModelConfig.parse("dir/config.json", json.toString()).labels();
        assertThat(labels)
                .hasSize(12)
                .startsWith("label 0", "label 1", "label 2")
                .endsWith("label 10", "label 11");
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        ModelConfig config = ModelConfig.parse(
                "dir/config.json",
                "{\"future_key\":{\"a\":[1,2]},\"dtype\":\"bfloat16\",\"id2label\":{\"0\":\"x\"},\"num_labels\":1}");
        String saved =
                config.asClassifier("C", List.of("y", "z")).storedAs("float32").toJson();
        assertThat(saved)
                .contains("future_key")
                .contains("\"dtype\" : \"float32\"")
                .doesNotContain("torch_dtype")
                .doesNotContain("num_labels");
        assertThat(ModelConfig.parse("dir/config.json", saved).labels()).containsExactly("y", "z");
        assertThat(ModelConfig.parse("dir/config.json", config.asUnlabelled("B").toJson())
                        .labels())
                .isEmpty();
        assertThat(config.labels()).containsExactly("x"); // the original is as it was
    }

    @Test
    void knowsTheNamesOfBothVersionsOfTransformersForTheElementType() {
        assertThat(storedAs("{\"torch_dtype\":\"float16\"}"))
                .contains("\"torch_dtype\" : \"bfloat16\"")
                .doesNotContain("\"dtype\"");
        assertThat(storedAs("{\"dtype\":\"float16\"}"))
                .contains("\"dtype\" : \"bfloat16\"")
                .doesNotContain("torch_dtype");
        assertThat(storedAs("{\"dtype\":null,\"torch_dtype\":\"float32\"}"))
                .contains("\"dtype\" : \"bfloat16\"", "\"torch_dtype\" : \"bfloat16\"");
        assertThat(storedAs("{}")).contains("\"torch_dtype\" : \"bfloat16\"");
    }

    private static String storedAs(String json) {
        return ModelConfig.parse("dir/config.json", json).storedAs("bfloat16").toJson();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id2label':{'0':'a','2':'b'}} | id2label has 2 entries but no text for row 1",
                "{'id2label':{'0':'a','1':'a'}} | id2label names 'a' twice",
                "{'id2label':{'0':7}} | id2label has 1 entries but no text for row 0",
            })
    void refusesLabelsThatAreNotRows(String json, String message) {
        ModelConfig config = ModelConfig.parse("dir/config.json", json.replace('\'', '"'));
        assertThatThrownBy(config::labels).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | not valid JSON",
                "[1] | not a JSON object",
                "{'problem_type':'regression'} | problem_type = \"regression\" is not supported",
            })
    void refusesWhatIsNoClassifier(String json, String message) {
        assertThatThrownBy(() -> ModelConfig.parse("dir/config.json", json.replace('\'', '"'))
                        .requireClassification())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void saysWhichKeyBreaksWhichRule() {
        ModelConfig config = ModelConfig.parse("dir/config.json", "{\"a\":0,\"b\":1.5,\"c\":\"x\",\"d\":3,\"e\":1.0}");
        assertFault(() -> config.count("a"), "a = 0 is not a whole number of at least 1");
        assertFault(() -> config.count("b"), "b = 1.5 is not a whole number of at least 1");
        assertFault(() -> config.count("none"), "none = (missing) is not a whole number of at least 1");
        assertFault(() -> config.number("c", 1), "c = \"x\" is not a number");
        assertFault(() -> config.heads("d", 32), "d = 3 is not a divisor of the width 32");
        assertFault(() -> config.probability("e", 0), "e = 1.0 is not a probability in [0, 1)");
        assertFault(() -> config.text("d"), "d = 3 is not a text");
        assertFault(() -> config.text("none"), "dir/config.json: none = (missing) is not a text");
    }

    private static void assertFault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }
}
