package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.command.Outcome;
import io.freshet.cli.stream.ControlTopic;
import io.freshet.cli.stream.GateDialogue;
import io.freshet.client.ModelUpdates;
import io.freshet.client.ServedModel;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People at the command line, the real services, and an application that follows. */
@Timeout(400)
class ControlIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String POLICY = """
            pairs: {min: 20, max: 60}
            lookback: 60
            approval: person
            """;

    @TempDir
    Path directory;

    @Test
    void whatHasPassedReignsByAPersonAloneAndFallsByOne() throws Exception {
        try (LiveStack stack = LiveStack.start(directory, settings(Map.of("trainer.rollback", "champion")));
                ModelUpdates application = application(stack)) {
            Person ann = new Person(stack.cluster(), "--who", "ann");
            String genesis = reigning(stack, 1).getCheckpoint();
            String first = teach(stack, "first");
            assertThat(ann.looks()).contains("passed      " + first).contains("anchor      " + genesis);

            String said = ann.isObeyed("approve", first, "--reason", "reviewed");
            assertThat(said).contains("approve: done (champion 2)");
            ChampionUpdate approved = reigning(stack, 2);
            assertThat(approved.getCheckpoint()).isEqualTo(first);
            assertThat(approved.getReason()).isEqualTo("approval");
            assertThat(approved.getWho()).isEqualTo("ann");
            assertThat(approved.getWhy()).isEqualTo("reviewed");
            assertThat(application.awaitSequence(2, SOON).checkpoint()).isEqualTo(first);

            ann.isObeyed("rollback", "--reason", "worse on rivers");
            ServedModel back = application.awaitSequence(3, SOON);
            assertThat(back.checkpoint()).isEqualTo(genesis);
            assertThat(back.broughtBack()).isTrue();
            assertThat(back.why()).hasValue("worse on rivers");
            reigning(stack, 3);
            ann.isRefused("checkpoint.barred", "approve", first);
            ann.isRefused("already.champion", "rollback", genesis, "--reason", "again");

            String second = teach(stack, "second");
            CheckpointManifest next =
                    Objects.requireNonNull(stack.await("", view -> true).newestCheckpoint());
            assertThat(next.getRollback()).as("the trainer followed").isEqualTo(3);
            assertThat(next.getUnseen()).isNotEmpty();
            ann.isObeyed("reject", second, "--reason", "not that one");
            ann.isRefused("not.candidate", "reject", second, "--reason", "not that one");
            ann.isRefused("not.passed", "approve", second);

            ann.isObeyed("rollback", first, "--reason", "it was better after all");
            assertThat(application.awaitSequence(4, SOON).checkpoint()).isEqualTo(first);
            ann.isObeyed("pin", genesis, "--reason", "review");
            ann.isRefused("already.anchor", "pin", genesis);
            assertThat(ann.looks())
                    .contains("champion    4: %s (rollback by ann: it was better after all)".formatted(first))
                    .contains("anchor      %s by ann".formatted(genesis));
        }
    }

    @Test
    void refusesWhatIsStaleMalformedOrRepeatedAndGoesOn() throws Exception {
        try (LiveStack stack = LiveStack.start(directory, settings(Map.of()))) {
            Person ann = new Person(stack.cluster(), "--who", "ann", "--reason", "because");
            String genesis = reigning(stack, 1).getCheckpoint();
            for (String[] command : everyCommand(genesis)) {
                ann.isRefused("champion.moved", with(command, "--champion", "7"));
            }
            ann.isRefused("not.passed", "approve", "c000099-nothing");
            ann.isRefused("not.candidate", "reject", "c000099-nothing");
            ann.isRefused("checkpoint.unknown", "rollback", "c000099-nothing");
            ann.isRefused("checkpoint.unknown", "pin", "c000099-nothing");
            ann.isRefused("champion.first", "rollback");
            ann.isRefused("not.held", "resume");

            sendGarbage(stack, "no command".getBytes(StandardCharsets.UTF_8));
            ControlTopic.send(stack.cluster(), command("hold").setId("").build());
            try (GateDialogue dialogue = new GateDialogue(stack.cluster())) {
                ControlCommand unknown =
                        command("promote").setTarget(genesis).setId("u-1").build();
                assertThat(answer(dialogue, unknown).getReason()).isEqualTo("command.unknown");
                ControlCommand aimless = command("approve").setId("a-1").build();
                assertThat(answer(dialogue, aimless).getReason()).isEqualTo("target.missing");
                ControlCommand mute =
                        command("hold").setReason(null).setId("m-1").build();
                assertThat(answer(dialogue, mute).getReason()).isEqualTo("reason.missing");

                ControlCommand hold = command("hold").setId("h-1").build();
                assertThat(answer(dialogue, hold).getKind()).isEqualTo("command.accepted");
            }
            try (GateDialogue later = new GateDialogue(stack.cluster())) {
                ControlCommand again = command("hold").setId("h-1").build();
                assertThat(answer(later, again).getReason()).isEqualTo("command.repeated");
            }
            assertThat(ann.looks()).contains("hold        since").contains("by ann");
            ann.isRefused("already.held", "hold");
            ann.isObeyed("resume");
            assertThat(ann.looks()).doesNotContain("hold  ");
        }
    }

    @Test
    void withKeysSetOnlyTheirHoldersCommand() throws Exception {
        String keys = directory.resolve("keys").toString();
        assertThat(Outcome.of("keys", "generate", "--name", "ann", "--out", keys)
                        .code())
                .isZero();
        assertThat(Outcome.of("keys", "generate", "--name", "eve", "--out", keys)
                        .code())
                .isZero();
        Map<String, String> keyed =
                settings(Map.of("control.keys", "ann:" + Path.of(keys).resolve("ann.pub.pem")));
        try (LiveStack stack = LiveStack.start(directory, keyed)) {
            Person nobody = new Person(stack.cluster(), "--who", "ann", "--reason", "because");
            Person eve = holder(stack, keys, "eve", "eve");
            Person forger = holder(stack, keys, "eve", "ann");
            Person ann = holder(stack, keys, "ann", "ann");
            String genesis = reigning(stack, 1).getCheckpoint();
            for (String[] command : everyCommand(genesis)) {
                nobody.isRefused("signature.missing", command);
                eve.isRefused("key.unknown", command);
                forger.isRefused("signature.wrong", command);
            }
            String first = teach(stack, "first");
            ann.isRefused("champion.moved", "approve", first, "--champion", "9");
            ann.isObeyed("approve", first);
            ann.isObeyed("pin", genesis);
            ann.isObeyed("hold");
            ann.isObeyed("resume");
            ann.isObeyed("rollback");
            ann.isRefused("not.candidate", "reject", first);
            assertThat(reigning(stack, 3).getCheckpoint()).isEqualTo(genesis);
        }
    }

    private static Person holder(LiveStack stack, String keys, String key, String name) {
        String file = Path.of(keys).resolve(key + ".key.pem").toString();
        return new Person(stack.cluster(), "--reason", "because", "--key", file, "--key-id", name);
    }

    private static List<String[]> everyCommand(String checkpoint) {
        return List.of(
                new String[] {"approve", checkpoint},
                new String[] {"reject", checkpoint},
                new String[] {"hold"},
                new String[] {"resume"},
                new String[] {"rollback"},
                new String[] {"pin", checkpoint});
    }

    private static String[] with(String[] command, String... more) {
        String[] all = Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }

    /** One checkpoint a lesson: nothing is published before all of it was learned. */
    private Map<String, String> settings(Map<String, String> more) throws IOException {
        Map<String, String> settings = new TreeMap<>(more);
        settings.put(
                "gate.policy",
                Files.writeString(directory.resolve("policy.yaml"), POLICY).toString());
        settings.put("checkpoint.every.examples", "1000000");
        settings.put("checkpoint.idle.ms", "2000");
        return settings;
    }

    /** Sends examples of two labels and returns the candidate that passed after learning them. */
    private static String teach(LiveStack stack, String prefix) throws Exception {
        long checkpoints = stack.await("a genesis", view -> view.newestCheckpoint() != null)
                .checkpoints()
                .size();
        for (LabeledExample example : TinyStream.examples(prefix, 320, 0, 2, prefix.hashCode())) {
            stack.send(example.getId(), stack.encode(example));
        }
        stack.await("a checkpoint after " + prefix, view -> view.checkpoints().size() > checkpoints);
        return Objects.requireNonNull(stack.await(
                        "a candidate that passes after " + prefix,
                        view -> view.passed().isPresent())
                .passed()
                .orElseThrow()
                .getCheckpoint());
    }

    private static ChampionUpdate reigning(LiveStack stack, long sequence) {
        return Objects.requireNonNull(stack.await("champion " + sequence, view -> {
                    ChampionUpdate champion = view.champion();
                    return champion != null && champion.getSequence() == sequence;
                })
                .champion());
    }

    private ModelUpdates application(LiveStack stack) {
        return ModelUpdates.builder()
                .bootstrapServers(stack.cluster().bootstrapServers())
                .schemaRegistry(stack.cluster().registryUrl())
                .modelName(stack.cluster().modelName())
                .cache(directory.resolve("application"))
                .start();
    }

    private static Decision answer(GateDialogue dialogue, ControlCommand command) throws IOException {
        return dialogue.ask(command, SOON).orElseThrow();
    }

    private static ControlCommand.Builder command(String command) {
        return ControlCommand.newBuilder()
                .setCommand(command)
                .setWho("ann")
                .setReason("because")
                .setTime(Instant.EPOCH);
    }

    private static void sendGarbage(LiveStack stack, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.copyOf(stack.cluster().clientSettings()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.CONTROL.of("freshet"), "hold", value))
                    .get();
        }
    }
}
