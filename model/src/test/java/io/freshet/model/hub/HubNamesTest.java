package io.freshet.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubNamesTest {

    @ParameterizedTest
    @CsvSource({
        "google-bert/bert-base-uncased, google-bert/bert-base-uncased, main, main",
        "gpt2, gpt2, main, main",
        "a/b_c.d@v1.0, a/b_c.d, v1.0, v1.0",
        "a/b@refs/pr/12, a/b, refs/pr/12, refs%2Fpr%2F12",
        "a/b@0123456789abcdef0123456789abcdef01234567, a/b, 0123456789abcdef0123456789abcdef01234567, 0123456789abcdef0123456789abcdef01234567"
    })
    void parsesAModelAndItsRevision(String text, String id, String revision, String segment) {
        HubModel model = HubModel.parse(text);
        assertThat(model).isEqualTo(new HubModel(id, revision));
        assertThat(model.revisionSegment()).isEqualTo(segment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a/",
                "/b",
                "a/b/c",
                "../b",
                "a/..",
                "a/b c",
                "a/b?x",
                "a/b#x",
                "a/b%2e",
                "a/-b",
                "a/b--c",
                "a/b@",
                "a/b@..",
                "a/b@../x",
                "a/b@x y",
                "a/b@x@y",
                "a/b@-x",
                "a/b@x\n",
                "https://huggingface.co/a/b"
            })
    void refusesWhatIsNoModel(String text) {
        assertThatThrownBy(() -> HubModel.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("say ");
    }

    @Test
    void takesEndpointAndTokenFromTheEnvironment() {
        Map<String, String> environment = Map.of("HF_ENDPOINT", "https://hub.example/base/", "HF_TOKEN", " hf_x\n");
        HubAccess access = HubAccess.of(null, environment);
        assertThat(access.endpoint()).isEqualTo(URI.create("https://hub.example/base"));
        assertThat(access.token()).isNotNull();
        assertThat(access.toString()).doesNotContain("hf_x");
        assertThat(HubAccess.of("http://127.0.0.1:8080", environment).endpoint().getPort())
                .isEqualTo(8080);
        assertThat(HubAccess.of(null, Map.of("HF_ENDPOINT", "", "HF_TOKEN", "")))
                .isEqualTo(new HubAccess(URI.create("https://huggingface.co"), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"huggingface.co", "ftp://x", "https://", "https://user:pw@x", "https://x?y", "https://x#y"})
    void refusesWhatIsNoEndpoint(String endpoint) {
        assertThatThrownBy(() -> HubAccess.of(endpoint, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pw");
    }

    @Test
    void refusesToSendATokenInTheClear() {
        assertThatThrownBy(() -> HubAccess.of("http://192.0.2.1", Map.of("HF_TOKEN", "hf_x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HF_TOKEN would be sent to http://192.0.2.1 where others can read it")
                .hasMessageNotContaining("hf_x");
    }

    @Test
    void refusesATokenThatCannotBeSentWithoutShowingIt() {
        assertThatThrownBy(() -> HubAccess.of(null, Map.of("HF_TOKEN", "hf_x\nhf_y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HF_TOKEN holds white space")
                .hasMessageNotContaining("hf_x");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hub.example/x, true",
        "https://HUB.example:443/y?z, true",
        "http://hub.example/x, false",
        "https://hub.example:8443/x, false",
        "https://cdn.hub.example/x, false",
        "https://hub.example.evil/x, false"
    })
    void knowsTheHubsOwnAddresses(String address, boolean own) {
        HubAccess access = HubAccess.of("https://hub.example", Map.of());
        assertThat(access.owns(URI.create(address))).isEqualTo(own);
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        Retries retries = Retries.DEFAULTS;
        assertThat(retries.pause(1, java.time.Duration.ZERO)).hasSeconds(1);
        assertThat(retries.pause(4, java.time.Duration.ZERO)).hasSeconds(8);
        assertThat(retries.pause(100, java.time.Duration.ZERO)).hasSeconds(60);
        assertThat(retries.pause(1, java.time.Duration.ofSeconds(5))).hasSeconds(5);
    }
}
