package io.freshet.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.command.FreshetCommand;
import io.freshet.cli.live.TinyStream;
import io.freshet.cli.services.ServiceKind;
import io.freshet.cli.services.Workspace;
import io.freshet.cli.stream.Cluster;
import io.freshet.core.config.CommonConfig;
import io.freshet.local.LocalStack;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Pair;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.Topic;
import io.freshet.schemas.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run leaves a directory; an auditor explains and verifies what was decided in it, and somebody tampers with the evidence. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {

    private static final String NAME = "champion";

    private final Path directory;
    private final Path data;
    private int code;

    AuditIT(@TempDir Path directory) {
        this.directory = directory;
        this.data = directory.resolve("data");
    }

    @BeforeAll
    void run() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--input",
                Files.write(directory.resolve("tiny.jsonl"), lines()).toString(),
                "--model",
                TinyStream.model(directory).toString(),
                "--data",
                data.toString(),
                "--ahead",
                "150"));
        TinyStream.settings().forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        assertThat(FreshetCommand.line().execute(arguments.toArray(String[]::new)))
                .isZero();
    }

    @Test
    void explainsWhyTheChampionReigns() {
        String text = command("explain", NAME);

        assertThat(code).as(text).isZero();
        assertThat(text)
                .contains(": reigns as champion, promoted on the evidence")
                .contains("as the candidate: promoted")
                .contains("said last: promote, because the evidence for the candidate reached the threshold")
                .contains("genesis-")
                .contains("partition 0: 0 to ")
                .contains("better for users:")
                .doesNotContain("retention has deleted");
    }

    @Test
    void explainsItAsJsonWithTheSameOffsetsAsTheManifests() throws IOException {
        JsonNode json = new ObjectMapper().readTree(command("explain", NAME, "--json"));
        CaseFile file = withStack(cluster -> new CaseReader(cluster).read(NAME));

        List<Span> ranges =
                Lineage.of(file.manifests(), file.opened().getCandidate()).trainedOn();
        assertThat(json.at("/trainedOn")).hasSize(1);
        assertThat(json.at("/trainedOn/0/to").asLong()).isEqualTo(ranges.get(0).to());
        JsonNode trial = json.at("/trials/0");
        assertThat(trial.at("/id").asText()).isEqualTo(file.opened().getId());
        assertThat(trial.at("/figures/pairs").asLong()).isEqualTo(file.pairs().size());
        long flips = 0;
        for (JsonNode change : trial.at("/changes/better")) {
            flips += change.at("/count").asLong();
            assertThat(change.at("/samples/0/text").asText()).isNotBlank();
        }
        assertThat(flips)
                .isPositive()
                .isLessThanOrEqualTo(trial.at("/figures/wins").asLong());
    }

    @Test
    void verifiesAPromotionToTheLastBit() {
        String text = command("verify-promotion", NAME, "--tolerance", "0");

        assertThat(text).contains("VERIFIED: the decision follows").doesNotContain("WRONG");
        assertThat(code).isZero();
    }

    @Test
    void refusesWhatIsNoCheckpointAndNamesTheNearest() {
        assertThat(command("explain", "c00001x"))
                .contains("'c00001x' is none of the")
                .contains("c000001-");
        assertThat(code).isEqualTo(64);
        assertThat(command("verify-promotion", "genesis")).contains("it was never the candidate of a trial");
        assertThat(code).isEqualTo(64);
    }

    @Test
    void findsAPairThatSaysSomethingElseThanItsScores() {
        CaseFile file = read();
        Pair won = file.pairs().stream()
                .filter(pair -> pair.getLabel().equals(pair.getCandidatePredicted()))
                .findFirst()
                .orElseThrow();

        List<String> wrong = wrong(file.withPairs(file.pairs().stream()
                .map(pair -> pair.equals(won) ? lost(pair) : pair)
                .toList()));

        assertThat(wrong).contains("published scores", "decision", "scores");
    }

    @Test
    void findsAScoreThatTheModelDoesNotGive() {
        CaseFile file = read();
        CaseFile forged = file.with(
                scores(
                        file,
                        score -> score.getCheckpoint().equals(file.opened().getCandidate())
                                ? ExampleScore.newBuilder(score)
                                        .setProbability(score.getProbability() * 0.999)
                                        .build()
                                : score),
                file.heldOut());
        List<Pair> pairs = forged.pairs().stream()
                .map(pair -> Pair.newBuilder(pair)
                        .setCandidateProbability(pair.getCandidateProbability() * 0.999)
                        .build())
                .toList();

        List<Check> checks = checks(forged.withPairs(pairs));

        assertThat(checks)
                .filteredOn(check -> !check.passed())
                .extracting(Check::subject)
                .contains("scores");
        assertThat(checks)
                .filteredOn(check -> check.subject().equals("published scores"))
                .as("score and pair were forged alike")
                .allMatch(Check::passed);
        assertThat(findings(checks, "scores")).hasSize(file.pairs().size());
    }

    @Test
    void findsPairsThatAreMissingOrThereTwice() {
        CaseFile file = read();
        List<Pair> missing = new ArrayList<>(file.pairs());
        missing.remove(3);
        List<Pair> twice = new ArrayList<>(file.pairs());
        twice.add(file.pairs().get(5));

        assertThat(findings(List.of(PairsCheck.of(file.withPairs(missing))), "pairs"))
                .contains("pair 3 is missing");
        assertThat(findings(List.of(PairsCheck.of(file.withPairs(twice))), "pairs"))
                .contains("pair 5 is there twice");
        assertThat(wrong(file.withPairs(missing))).contains("pairs", "decision");
    }

    @Test
    void findsAPolicyThatIsNotTheOneOfItsHashAndALevelThatTheBudgetDoesNotGive() {
        CaseFile file = read();
        String policy = String.valueOf(file.opened().getPolicy());

        assertThat(wrong(with(file, trial -> trial.setPolicyHash("0".repeat(64)))))
                .containsExactly("policy");
        assertThat(wrong(with(file, trial -> trial.setPolicy(policy.replaceFirst("\"alpha\":0.05", "\"alpha\":0.06")))))
                .contains("policy", "error budget");
        assertThat(wrong(with(file, trial -> trial.setAlpha(2 * file.opened().getAlpha()))))
                .contains("error budget");
    }

    @Test
    void findsAnExampleOnTheSideThatIsLearnedFromThoughItsModelsNeverSawIt() {
        CaseFile file = read();
        Map<Place, LabeledExample> heldOut = new TreeMap<>(file.heldOut());
        Place place = Place.of(file.pairs().get(0));
        LabeledExample example = Objects.requireNonNull(file.heldOut().get(place), "the pair's example is there");
        LabeledExample other = LabeledExample.newBuilder(example)
                .setInput(new TextInput("on the other side", null))
                .build();
        heldOut.put(place, other);

        Check check = SplitCheck.of(file.with(file.scores(), heldOut));

        assertThat(check.findings())
                .containsExactly(
                        "example '%s' at %s is on the side that is learned from".formatted(example.getId(), place));
    }

    @Test
    void findsAHeldOutTextThatTheModelsLearnedFrom() {
        List<String> findings = withStack(cluster -> {
            CaseReader reader = new CaseReader(cluster);
            CaseFile file = reader.read(NAME);
            assertThat(reader.leaks(file).passed()).isTrue();
            Map<Place, LabeledExample> learned = new TreeMap<>();
            try (ExampleTopic train = new ExampleTopic(cluster, Topic.TRAIN)) {
                train.scan(List.of(new Span(0, 0, 20)), learned::put);
            }
            Map<Place, LabeledExample> heldOut = new TreeMap<>(file.heldOut());
            LabeledExample leaked = LabeledExample.newBuilder(
                            learned.values().iterator().next())
                    .setId("another id")
                    .build();
            heldOut.put(Place.of(file.pairs().get(0)), leaked);
            return reader.leaks(file.with(file.scores(), heldOut)).findings();
        });

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0)).contains("text of").contains("was learned from at 0-");
    }

    @Test
    void findsModelFilesThatAreNotThoseOfTheirHashes() throws IOException {
        CaseFile file = read();
        String hash = file.opened().getCandidateFiles().get(0).getSha256();
        Path stored = stored(hash);
        byte[] before = Files.readAllBytes(stored);
        try {
            byte[] damaged = before.clone();
            damaged[damaged.length / 2] ^= 1;
            Files.write(stored, damaged);

            String text = command("verify-promotion", NAME);

            assertThat(text).contains("NOT VERIFIED").contains("a file of the model cannot be had");
            assertThat(code).isEqualTo(1);
        } finally {
            Files.write(stored, before);
        }
    }

    private Path stored(String hash) throws IOException {
        try (var files = Files.walk(data.resolve("store"))) {
            return files.filter(path -> path.getFileName().toString().contains(hash))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Pair lost(Pair pair) {
        return Pair.newBuilder(pair).setCandidatePredicted("something else").build();
    }

    private static CaseFile with(CaseFile file, UnaryOperator<Trial.Builder> change) {
        return new CaseFile(
                change.apply(Trial.newBuilder(file.opened())).build(),
                file.closed(),
                file.evaluation(),
                file.pairs(),
                file.scores(),
                file.trialsBefore(),
                file.champions(),
                file.manifests(),
                file.split(),
                file.heldOut());
    }

    private static ScoreLog scores(CaseFile file, UnaryOperator<ExampleScore> change) {
        ScoreLog forged = new ScoreLog(file.checkpoints());
        for (Pair pair : file.pairs()) {
            for (Seat.Role role : Seat.Role.of(file.opened())) {
                file.scores()
                        .counted(role.checkpoint(file.opened()), pair, role)
                        .ifPresent(score -> forged.score(change.apply(score)));
            }
        }
        return forged;
    }

    private CaseFile read() {
        return withStack(cluster -> new CaseReader(cluster).read(NAME));
    }

    private List<String> wrong(CaseFile file) {
        return checks(file).stream()
                .filter(check -> !check.passed())
                .map(Check::subject)
                .toList();
    }

    private List<Check> checks(CaseFile file) {
        try {
            Map<String, String> settings =
                    new TreeMap<>(ServiceKind.SCORER.own(Workspace.open(data).settings()));
            settings.put(CommonConfig.BOOTSTRAP_SERVERS, "127.0.0.1:1"); // not asked
            settings.put(CommonConfig.REGISTRY_URL, "http://127.0.0.1:1");
            settings.put("scorer.threads", "1");
            Cluster nowhere = Cluster.local("127.0.0.1:1", "http://127.0.0.1:1", "freshet");
            return new Verifier(nowhere, settings, directory.resolve("models"), 1e-6, (done, all) -> {}).checks(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> findings(List<Check> checks, String subject) {
        return checks.stream()
                .filter(check -> check.subject().equals(subject))
                .flatMap(check -> check.findings().stream())
                .toList();
    }

    private <T> T withStack(Function<Cluster, T> work) {
        try (LocalStack stack = LocalStack.start(data)) {
            return work.apply(Cluster.local(stack.bootstrapServers(), stack.registryUrl(), "freshet"));
        }
    }

    /** Executes a command in this JVM on what the run has left; its exit code is remembered. */
    private String command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        StringWriter text = new StringWriter();
        CommandLine line = FreshetCommand.line();
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(text));
        code = line.execute(all.toArray(String[]::new));
        return text.toString();
    }

    private static List<String> lines() {
        ObjectMapper mapper = new ObjectMapper();
        List<String> lines = new ArrayList<>();
        for (LabeledExample example : TinyStream.examples("audit", 700, 0, 4, 11)) {
            lines.add(mapper.createObjectNode()
                    .put("id", example.getId())
                    .put("text", ((TextInput) example.getInput()).getText())
                    .put("label", example.getLabel())
                    .toString());
        }
        return lines;
    }
}
