package io.freshet.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSettingsTest {

    private static final ConfigDef DEFINITION =
            ModelSettings.addEngineTo(ModelSettings.addObjectiveTo(new ConfigDef()));

    @Test
    void classifiesOnAnyDeviceInFullPrecisionUnlessToldOtherwise() {
        Settings settings = Settings.read(DEFINITION, Map.of());

        assertThat(settings.string(ModelSettings.OBJECTIVE)).isEqualTo("classification");
        assertThat(ModelSettings.needsLabels(settings)).isTrue();
        assertThat(settings.string(ModelSettings.PRECISION)).isEqualTo("fp32");
        assertThat(settings.string(ModelSettings.DEVICE)).isEqualTo("auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked-lm", "causal-lm"})
    void languageModelsNeedNoLabels(String objective) {
        Settings settings = Settings.read(DEFINITION, Map.of(ModelSettings.OBJECTIVE, objective));

        assertThat(ModelSettings.needsLabels(settings)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "cuda:0", "cuda:12"})
    void knowsDevices(String device) {
        assertThat(Settings.read(DEFINITION, Map.of(ModelSettings.DEVICE, device))
                        .string(ModelSettings.DEVICE))
                .isEqualTo(device);
    }

    @Test
    void reportsEveryUnknownValueAtOnce() {
        Map<String, String> given = Map.of("objective", "mlm", "precision", "fp16", "device", "gpu");

        assertThatThrownBy(() -> Settings.read(DEFINITION, given))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mlm")
                .hasMessageContaining("fp16")
                .hasMessageContaining("device")
                .hasMessageContaining("cuda:0");
    }
}
