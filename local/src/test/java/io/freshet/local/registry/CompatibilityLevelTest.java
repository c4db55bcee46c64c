package io.freshet.local.registry;

import static io.freshet.local.registry.Schemas.EMPTY;
import static io.freshet.local.registry.Schemas.NAME;
import static io.freshet.local.registry.Schemas.NAME_AND_OPTIONAL_SIZE;
import static io.freshet.local.registry.Schemas.NAME_AND_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CompatibilityLevelTest {

    @ParameterizedTest
    @CsvSource({
        "NONE,                true,  true",
        "BACKWARD,            false, true",
        "BACKWARD_TRANSITIVE, false, true",
        "FORWARD,             true,  false",
        "FORWARD_TRANSITIVE,  true,  false",
        "FULL,                false, false",
        "FULL_TRANSITIVE,     false, false",
    })
    void aLevelSaysInWhichDirectionVersionsMustRead(
            CompatibilityLevel level, boolean mayRequireMore, boolean mayRequireLess) {
        assertThat(level.objections(NAME_AND_SIZE, List.of(NAME)).isEmpty()).isEqualTo(mayRequireMore);
        assertThat(level.objections(EMPTY, List.of(NAME)).isEmpty()).isEqualTo(mayRequireLess);
    }

    /** The newest version gets on with {@code NAME_AND_SIZE}; the one before does not. */
    @ParameterizedTest
    @CsvSource({
        "FORWARD, 0",
        "FORWARD_TRANSITIVE, 0",
        "BACKWARD, 0",
        "BACKWARD_TRANSITIVE, 1",
        "FULL, 0",
        "FULL_TRANSITIVE, 1"
    })
    void onlyATransitiveLevelLooksBeyondTheNewestVersion(CompatibilityLevel level, int objections) {
        assertThat(level.objections(NAME_AND_SIZE, List.of(NAME, NAME_AND_SIZE)))
                .hasSize(objections);
    }

    @ParameterizedTest
    @EnumSource
    void theFirstVersionAndAnOptionalFieldAlwaysPass(CompatibilityLevel level) {
        assertThat(level.objections(NAME, List.of())).isEmpty();
        assertThat(level.objections(NAME_AND_OPTIONAL_SIZE, List.of(NAME))).isEmpty();
    }

    @Test
    void onlyNamesOfLevelsAreLevels() {
        assertThat(CompatibilityLevel.named("FULL")).contains(CompatibilityLevel.FULL);
        assertThat(CompatibilityLevel.named("full")).isEmpty();
    }
}
