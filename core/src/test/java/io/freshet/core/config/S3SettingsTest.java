package io.freshet.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class S3SettingsTest {

    @Test
    void usesTheDefaultChainWithoutKeys() {
        S3Settings settings = S3Settings.from(Map.of("bootstrap.servers", "localhost:9092"));
        assertThat(settings.credentials()).isEmpty();
        assertThat(settings.region()).isEmpty();
        assertThat(settings.pathStyle()).isFalse();
    }

    @Test
    void wantsBothKeysOrNeither() {
        assertThatThrownBy(() -> S3Settings.from(Map.of(S3Settings.ACCESS_KEY, "AK")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("checkpoint.store.s3.secret.key go together");
    }

    @Test
    void hidesTheSecret() {
        S3Settings settings = S3Settings.from(Map.of(S3Settings.ACCESS_KEY, "AK", S3Settings.SECRET_KEY, "s3cret"));
        assertThat(settings.credentials()).contains(new S3Settings.Credentials("AK", "s3cret"));
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void namesAMisspeltKey() {
        assertThatThrownBy(() -> S3Settings.from(Map.of("checkpoint.store.s3.endpiont", "x")))
                .hasMessageContaining("did you mean checkpoint.store.s3.endpoint?");
    }
}
