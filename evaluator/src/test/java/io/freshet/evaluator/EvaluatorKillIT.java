package io.freshet.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Objective;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scorers and gates in processes of their own are killed in the middle of a trial. */
@Timeout(300)
class EvaluatorKillIT {

    /** The trial decides nothing before all of them are pairs, so that one that is lost or counted twice shows. */
    private static final int EXAMPLES = 1_500;

    private static final String MINIMUM = Integer.toString(EXAMPLES);

    @TempDir
    private static Path models;

    private static Path fresh;
    private static Path better;

    @TempDir
    private Path directory;

    private EvaluatorBench bench;

    @BeforeAll
    static void makeModels() throws IOException {
        fresh = TinyModels.fresh(models.resolve("fresh"));
        better = TinyModels.trained(fresh, models.resolve("better"), 60);
    }

    @BeforeEach
    void start() throws IOException {
        bench = new EvaluatorBench(directory, Objective.CLASSIFICATION);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void ofTwoScorersOneIsKilledAndNothingIsLostOrCountedTwice() throws Exception {
        try (EvaluatorProcess gate = EvaluatorProcess.gate(gateSettings(), directory);
                EvaluatorProcess one = EvaluatorProcess.scorer(scorerSettings("one"), directory);
                EvaluatorProcess two = EvaluatorProcess.scorer(scorerSettings("two"), directory)) {
            bench.publish(0, fresh);
            bench.holdOut(EXAMPLES);
            bench.await("both scorers to have a partition", () -> {
                gate.assertAlive();
                one.assertAlive();
                two.assertAlive();
                return partitionsByMember().equals(List.of(Set.of(0), Set.of(1)));
            });
            String candidate = bench.publish(1, better);
            bench.await("pairs of both partitions", () -> pairs(0) >= 16 && pairs(1) >= 16);

            one.kill();
            assertThat(pairs()).as("the trial is not over").hasSizeLessThan(EXAMPLES);

            bench.await("promotion", () -> champions().size() == 2);
            assertThat(champions().get(1).getCheckpoint()).isEqualTo(candidate);
            everyExampleIsOnePair();
            two.assertAlive();
        }
    }

    @Test
    void aGateIsKilledInTheMiddleOfATrialAndGoesOnWithTheSameCountsThoughItsDiskIsGone() throws Exception {
        bench.startScorer();
        bench.publish(0, fresh);
        bench.holdOut(EXAMPLES);
        try (EvaluatorProcess gate = EvaluatorProcess.gate(gateSettings(), directory)) {
            bench.publish(1, better);
            bench.await("the first evaluations", () -> {
                gate.assertAlive();
                return evaluations().size() >= 3;
            });
            gate.kill();
        }
        assertThat(pairs()).as("the trial is not over").hasSizeLessThan(EXAMPLES);
        remove(directory.resolve("state"));
        try (EvaluatorProcess gate = EvaluatorProcess.gate(gateSettings(), directory)) {
            bench.await("promotion", () -> {
                gate.assertAlive();
                return champions().size() == 2;
            });
        }
        everyExampleIsOnePair();
    }

    private void everyExampleIsOnePair() {
        List<Pair> pairs = pairs();
        assertThat(pairs)
                .extracting(Pair::getIndex)
                .containsExactlyElementsOf(LongStream.range(0, EXAMPLES).boxed().toList());
        assertThat(pairs).extracting(Pair::getExampleId).doesNotHaveDuplicates();
        assertThat(bench.heard(Trial.class)).extracting(Trial::getState).containsExactly("open", "closed");
        assertThat(bench.heard(Trial.class).get(1).getOutcome()).isEqualTo("promoted");
        assertThat(evaluations())
                .extracting(Evaluation::getPairs)
                .isSorted()
                .last()
                .isEqualTo((long) EXAMPLES);
        for (Evaluation evaluation : evaluations()) { // whoever wrote it, it counts the pairs before it
            List<Pair> before = pairs.subList(0, Math.toIntExact(evaluation.getPairs()));
            assertThat(evaluation.getWins())
                    .isEqualTo(before.stream()
                            .filter(pair -> right(pair, pair.getCandidatePredicted())
                                    && !right(pair, pair.getChampionPredicted()))
                            .count());
        }
        Set<String> scored = bench.heard(ExampleScore.class).stream()
                .map(score -> "%s/%d-%d".formatted(score.getCheckpoint(), score.getPartition(), score.getOffset()))
                .collect(Collectors.toSet());
        assertThat(scored).hasSize(2 * EXAMPLES);
    }

    private static boolean right(Pair pair, @Nullable String predicted) {
        return pair.getLabel().equals(predicted);
    }

    private Map<String, String> gateSettings() {
        return bench.gateSettings(Map.of("gate.pairs.min", MINIMUM));
    }

    /** Small batches, so that there is a middle; the shortest session that the broker allows, so that the other soon takes over. */
    private Map<String, String> scorerSettings(String name) {
        return bench.scorerSettings(Map.of(
                "scorer.instance", name,
                "scorer.batch.size", "4",
                "consumer.session.timeout.ms", "6000",
                "consumer.heartbeat.interval.ms", "1000"));
    }

    /** Returns which partitions of the held-out topic each scorer has, the lowest first; empty while the group forms. */
    private List<Set<Integer>> partitionsByMember() {
        String group = EvaluatorBench.MODEL + ".scorer";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bench.bootstrapServers()))) {
            return admin
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .values()
                    .iterator()
                    .next()
                    .get()
                    .members()
                    .stream()
                    .map(EvaluatorKillIT::partitions)
                    .sorted(Comparator.comparing(Set::toString))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Set<Integer> partitions(MemberDescription member) {
        return member.assignment().topicPartitions().stream()
                .map(partition -> partition.partition())
                .collect(Collectors.toSet());
    }

    /** There may be nothing: the gate's stores are in memory, and on disk only Streams' own notes. */
    private static void remove(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private long pairs(int partition) {
        return pairs().stream().filter(pair -> pair.getPartition() == partition).count();
    }

    private List<Pair> pairs() {
        return bench.heard(Pair.class);
    }

    private List<ChampionUpdate> champions() {
        return bench.heard(ChampionUpdate.class);
    }

    private List<Evaluation> evaluations() {
        return bench.heard(Evaluation.class);
    }
}
