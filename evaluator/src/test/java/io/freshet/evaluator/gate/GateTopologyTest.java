package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.failed;
import static io.freshet.evaluator.gate.Given.id;
import static io.freshet.evaluator.gate.Given.manifest;
import static io.freshet.evaluator.gate.Given.right;
import static io.freshet.evaluator.gate.Given.score;
import static io.freshet.evaluator.gate.Given.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.local.LocalStack;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.Trial;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate's topology with a real registry; {@link GateTest} has the rules themselves. */
class GateTopologyTest {

    private static final String MODEL = "intents";
    private static final String GENESIS = id(0);
    private static final GatePolicy POLICY = new GatePolicy(0.05, 0.05, 10, 50, 20, 100);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static SchemaRegistry registry;

    @TempDir
    private Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, CheckpointManifest> checkpoints;
    private TestInputTopic<String, ExampleScore> scores;
    private TestInputTopic<byte[], byte[]> heldOut;
    private TestInputTopic<byte[], byte[]> control;

    @BeforeAll
    static void startRegistry() {
        stack = LocalStack.start(directory);
        registry = SchemaRegistry.connect(stack.registryUrl(), Map.of());
    }

    @AfterAll
    static void stopRegistry() {
        stack.close();
    }

    @BeforeEach
    void start() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, MODEL + ".gate");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(
                new GateTopology(MODEL, POLICY, 5, CommandCheck.of(MODEL, Map.of()), registry).build(),
                settings,
                Instant.ofEpochMilli(5_000));
        checkpoints = driver.createInputTopic(
                Topic.CHECKPOINTS.of(MODEL),
                new StringSerializer(),
                AvroSerde.of(CheckpointManifest.class, registry).serializer());
        scores = driver.createInputTopic(
                Topic.SCORES.of(MODEL),
                new StringSerializer(),
                AvroSerde.of(ExampleScore.class, registry).serializer());
        heldOut =
                driver.createInputTopic(Topic.HELD_OUT.of(MODEL), new ByteArraySerializer(), new ByteArraySerializer());
        control =
                driver.createInputTopic(Topic.CONTROL.of(MODEL), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void crownsTheGenesisUnderTheModelsName() {
        publish(0);

        List<KeyValue<String, ChampionUpdate>> said = said(Topic.CHAMPIONS, ChampionUpdate.class);
        assertThat(said).hasSize(1);
        assertThat(said.get(0).key).isEqualTo(MODEL);
        assertThat(said.get(0).value.getCheckpoint()).isEqualTo(GENESIS);
        assertThat(said.get(0).value.getSequence()).isEqualTo(1);
    }

    @Test
    void publishesTrialPairsEvaluationAndChampionOfAPromotion() {
        openTrial(20);
        disagree(0, 10, true);

        List<KeyValue<String, Trial>> trials = said(Topic.TRIALS, Trial.class);
        assertThat(trials).extracting(trial -> trial.value.getState()).containsExactly("open", "closed");
        String trial = trials.get(0).value.getId();
        assertThat(trials).extracting(one -> one.key).containsOnly(trial);
        assertThat(said(Topic.PAIRS, Pair.class)).hasSize(10).allMatch(pair -> pair.key.equals(trial));
        assertThat(said(Topic.EVALUATIONS, Evaluation.class))
                .extracting(evaluation -> evaluation.value.getDecision())
                .containsExactly("defer", "promote");
        assertThat(said(Topic.CHAMPIONS, ChampionUpdate.class))
                .extracting(champion -> champion.value.getCheckpoint())
                .containsExactly(GENESIS, id(1));
    }

    @Test
    void closesATrialOnEvidenceAgainstTheCandidate() {
        openTrial(20);
        disagree(0, 10, false);

        assertThat(said(Topic.TRIALS, Trial.class))
                .extracting(trial -> trial.value.getOutcome())
                .containsExactly(null, "futile");
        assertThat(said(Topic.CHAMPIONS, ChampionUpdate.class)).hasSize(1);
    }

    @Test
    void countsRedeliveredScoresOnceAndGroupsOnce() {
        openTrial(20);
        for (int times = 0; times < 3; times++) {
            both(wrong(GENESIS, 0, 0), right(id(1), 0, 0));
            both(score(GENESIS, 0, 1 + times, "g", "no", 0.2, null), score(id(1), 0, 1 + times, "g", "yes", 0.8, null));
        }

        assertThat(said(Topic.PAIRS, Pair.class))
                .extracting(pair -> pair.value.getOffset())
                .containsExactly(0L, 1L);
    }

    @Test
    void supersedesTheWaitingCandidateButNotTheOpenTrial() {
        openTrial(20);
        publish(2);
        publish(3);
        send(failed(id(1), 0, 0));

        assertThat(said(Topic.TRIALS, Trial.class))
                .extracting(trial -> trial.value.getCandidate() + " " + trial.value.getState())
                .containsExactly(id(1) + " open", id(1) + " closed", id(3) + " open");
    }

    @Test
    void saysOnceAfterAQuietMomentThatNoExampleIsLeft() {
        openTrial(3);
        disagree(0, 3, true);
        assertThat(said(Topic.EVALUATIONS, Evaluation.class)).isEmpty();

        driver.advanceWallClockTime(GateProcessor.QUIET);
        driver.advanceWallClockTime(GateProcessor.QUIET);

        List<KeyValue<String, Evaluation>> said = said(Topic.EVALUATIONS, Evaluation.class);
        assertThat(said).hasSize(1);
        assertThat(said.get(0).value.getReason()).isEqualTo("examples.exhausted");
        assertThat(said.get(0).value.getPairs()).isEqualTo(3);
    }

    @Test
    void answersCommandsUnderTheCheckpointOrTheCommand() {
        openTrial(20);
        command("reject", id(1), "id-1");
        command("hold", null, "id-2");
        command("trainer.pause", null, "");

        List<KeyValue<String, Decision>> said = said(Topic.DECISIONS, Decision.class);
        assertThat(said)
                .extracting(decision -> decision.key + " " + decision.value.getKind())
                .containsExactly(id(1) + " command.accepted", "hold command.accepted");
        assertThat(said(Topic.TRIALS, Trial.class))
                .extracting(trial -> trial.value.getOutcome())
                .containsExactly(null, "rejected");
    }

    @Test
    void answersRecordsThatAreNoCommandsAndGoesOn() {
        openTrial(20);

        control.pipeInput(null, new byte[] {1, 2, 3}, Instant.ofEpochMilli(4_000));
        control.pipeInput(null, new byte[] {0, 0, 0, 127, 127, 1}, Instant.ofEpochMilli(4_000));
        control.pipeInput(null, null, Instant.ofEpochMilli(4_000));
        disagree(0, 10, true);

        List<KeyValue<String, Decision>> said = said(Topic.DECISIONS, Decision.class);
        assertThat(said)
                .hasSize(3)
                .allMatch(decision -> decision.value.getKind().equals("command.refused"))
                .allMatch(decision -> decision.value.getReason().equals("undecodable"));
        assertThat(said.get(1).value.getDetail()).contains("intents.control-0 at offset 1");
        assertThat(said(Topic.CHAMPIONS, ChampionUpdate.class)).hasSize(2);
    }

    private void command(String command, @Nullable String target, String id) {
        control.pipeInput(
                null,
                AvroSerde.of(ControlCommand.class, registry)
                        .serializer()
                        .serialize(Topic.CONTROL.of(MODEL), GateRun.command(command, target, id, null)),
                Instant.ofEpochMilli(4_000));
    }

    @Test
    void keepsEverythingItKnowsInItsStores() {
        openTrial(20);
        disagree(0, 5, true);
        GateState kept = new GateState(
                new StoreTable<>(driver.getKeyValueStore(GateTopology.MANIFESTS)),
                new StoreTable<>(driver.getKeyValueStore(GateTopology.TRIALS)),
                new StoreTable<>(driver.getKeyValueStore(GateTopology.SCORES)),
                new StoreTable<>(driver.getKeyValueStore(GateTopology.COUNTERS)));

        List<SpecificRecord> said = new ArrayList<>();
        Gate other = new Gate(POLICY, 5, kept, said::add);
        for (int offset = 5; offset < 10; offset++) {
            other.scored(wrong(GENESIS, 0, offset), Instant.EPOCH);
            other.scored(right(id(1), 0, offset), Instant.EPOCH);
        }

        assertThat(said).filteredOn(ChampionUpdate.class::isInstance).hasSize(1);
    }

    private void openTrial(int examples) {
        for (int i = 0; i < examples; i++) {
            heldOut.pipeInput(null, new byte[] {1}, Instant.ofEpochMilli(1_000));
        }
        publish(0);
        publish(1);
    }

    private void publish(long sequence) {
        checkpoints.pipeInput(id(sequence), manifest(sequence), Instant.ofEpochMilli(2_000));
    }

    private void disagree(long from, int count, boolean candidateWins) {
        for (long offset = from; offset < from + count; offset++) {
            both(
                    candidateWins ? wrong(GENESIS, 0, offset) : right(GENESIS, 0, offset),
                    candidateWins ? right(id(1), 0, offset) : wrong(id(1), 0, offset));
        }
    }

    private void both(ExampleScore champion, ExampleScore candidate) {
        send(champion);
        send(candidate);
    }

    private void send(ExampleScore score) {
        scores.pipeInput("key", score, Instant.ofEpochMilli(3_000));
    }

    private <T extends SpecificRecord> List<KeyValue<String, T>> said(Topic topic, Class<T> type) {
        return driver.createOutputTopic(
                        topic.of(MODEL),
                        new StringDeserializer(),
                        AvroSerde.of(type, registry).deserializer())
                .readKeyValuesToList();
    }
}
