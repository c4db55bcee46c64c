package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTest {

    @TempDir
    private Path temp;

    @Test
    void refusesADeviceThatIsNotThereInOneLineWithTheRemedy() throws IOException {
        Path directory = TinyModels.initialise(temp.resolve("fresh"));
        ModelOptions ninth = ModelOptions.DEFAULTS.withDevice("cuda:99"); // no machine has so many
        assertThatThrownBy(() -> Models.open(directory, ninth))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("device = cuda:99 cannot be used (")
                .hasMessageContaining("profile gpu")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(400));
        assertThatThrownBy(() -> Models.openTrainable(directory, ModelOptions.DEFAULTS.withDevice("gpu")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("device = gpu is not auto, cpu or cuda:N");
    }
}
