package io.freshet.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;

final class ConfigurationTableTest {

    @Test
    void listsRequiredSettingsFirstAndThenByKey() {
        ConfigDef definition = new ConfigDef()
                .define("b", Type.INT, 3, ConfigDef.Range.between(1, 5), Importance.HIGH, "Second,\n either | or.")
                .define("a", Type.STRING, "", Importance.LOW, "First.")
                .define("dir", Type.STRING, System.getProperty("java.io.tmpdir") + "/x", Importance.LOW, "Where.")
                .define("secret", Type.PASSWORD, "s3cret", Importance.LOW, "Hidden.")
                .define("z", Type.STRING, ConfigDef.NO_DEFAULT_VALUE, Importance.LOW, "Needed.");

        assertThat(ConfigurationTable.markdown(definition)).isEqualTo("""
                        | key | type | default | valid | meaning |
                        |---|---|---|---|---|
                        | `z` | string | **required** |  | Needed. |
                        | `a` | string |  |  | First. |
                        | `b` | int | `3` | [1,...,5] | Second, either \\| or. |
                        | `dir` | string | `${java.io.tmpdir}/x` |  | Where. |
                        | `secret` | password |  |  | Hidden. |
                        """);
    }

    @Test
    void showsTheStoreSettings() {
        assertThat(ConfigurationTable.markdown(CommonConfig.addStoreTo(CommonConfig.addTo(new ConfigDef()))))
                .contains("| `bootstrap.servers` | string | **required** |")
                .contains("| `checkpoint.store.s3.secret.key` | password |")
                .contains("| `checkpoint.cache` | string | `${java.io.tmpdir}/freshet-cache` |");
    }
}
