package io.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.TopicSpec.Cleanup;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TopicCatalogueTest {

    private final TopicCatalogue catalogue = TopicCatalogue.of("intents", 3);

    @Test
    void coversEveryTopicUnderTheModelsName() {
        assertThat(catalogue.specs()).extracting(TopicSpec::topic).containsExactly(Topic.values());
        assertThat(catalogue.specs()).extracting(TopicSpec::name).allMatch(name -> name.startsWith("intents."));
    }

    @Test
    void onlyTopicsOfExamplesArePartitioned() {
        assertThat(catalogue.specs())
                .filteredOn(spec -> spec.partitions() == 3)
                .extracting(TopicSpec::topic)
                .containsExactly(
                        Topic.EXAMPLES, Topic.LABELS, Topic.UNLABELLED, Topic.TRAIN, Topic.HELD_OUT, Topic.REJECTED);
        assertThat(catalogue.specs())
                .filteredOn(spec -> spec.partitions() != 3)
                .extracting(TopicSpec::partitions)
                .containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECKPOINTS", "EVALUATIONS", "TRIALS", "PAIRS", "CONTROL", "DECISIONS"})
    void whatDecisionsRestOnIsNeverDeleted(Topic topic) {
        assertThat(catalogue.spec(topic).configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1");
    }

    @Test
    void onlyTheNewestChampionAndSplitAreKept() {
        assertThat(catalogue.specs())
                .filteredOn(spec -> spec.cleanup() == Cleanup.COMPACT)
                .extracting(TopicSpec::topic)
                .containsExactly(Topic.SPLIT, Topic.CHAMPIONS);
    }

    @Test
    void theBrokersClockStampsExamplesAndLabelsSoThatAFarFutureEventCannotExpireTheDuplicateWindow() {
        assertThat(catalogue.specs())
                .filteredOn(spec -> "LogAppendTime".equals(spec.configs().get("message.timestamp.type")))
                .extracting(TopicSpec::topic)
                .containsExactly(Topic.EXAMPLES, Topic.LABELS);
    }

    @Test
    void aDifferenceNamesTopicSettingBothValuesAndRemedy() {
        TopicSpec champions = catalogue.spec(Topic.CHAMPIONS);
        Map<String, String> found = new TreeMap<>(champions.configs());
        found.put("cleanup.policy", "delete");

        assertThat(TopicDifferences.of(champions, 2, found))
                .satisfiesExactlyInAnyOrder(
                        difference -> assertThat(difference)
                                .contains("intents.champions has cleanup.policy=delete, wanted is compact")
                                .contains("kafka-configs.sh"),
                        difference -> assertThat(difference)
                                .contains("intents.champions has 2 partitions, wanted are 1")
                                .contains("model.name"));
    }

    @Test
    void recordsMayBeKeptLongerThanWantedButNotShorter() {
        TopicSpec train = catalogue.spec(Topic.TRAIN);
        long month = 30L * 24 * 3600 * 1000;

        assertThat(TopicDifferences.of(train, 3, with(train, "retention.ms", "-1")))
                .isEmpty();
        assertThat(TopicDifferences.of(train, 3, with(train, "retention.ms", Long.toString(month + 1))))
                .isEmpty();
        assertThat(TopicDifferences.of(train, 3, with(train, "retention.ms", Long.toString(month - 1))))
                .hasSize(1);
        assertThat(TopicDifferences.of(train, 3, with(train, "retention.bytes", "1000000")))
                .hasSize(1);
    }

    @Test
    void noPartitionsAreRefused() {
        assertThatThrownBy(() -> TopicCatalogue.of("intents", 0).specs())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("intents.examples")
                .hasMessageContaining("at least 1");
    }

    private static Map<String, String> with(TopicSpec spec, String setting, String value) {
        Map<String, String> configs = new TreeMap<>(spec.configs());
        configs.put(setting, value);
        return configs;
    }
}
