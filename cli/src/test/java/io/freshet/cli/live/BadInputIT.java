package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.stream.RejectedRecords;
import io.freshet.cli.stream.StreamView;
import io.freshet.schemas.BinaryInput;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.TextInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad record through the real services, a good one right behind each. */
@Timeout(300)
class BadInputIT {

    private static final Map<String, String> SETTINGS = Map.of(
            "ingest.heldout.fraction", "0", // every good example is learned from
            "ingest.text.max.characters", "200",
            "ingest.record.max.bytes", "2000",
            "ingest.labels.pattern", "[a-z_]+",
            "labels.max", "3");

    @TempDir
    Path directory;

    @Test
    void everyKindIsRejectedWithItsCodeAndTheExampleBehindItIsLearnedFrom() throws Exception {
        try (LiveStack stack = LiveStack.start(directory, SETTINGS)) {
            Map<String, byte[]> bad = badRecords(stack);
            int good = 0;
            for (Map.Entry<String, byte[]> entry : bad.entrySet()) {
                stack.send("bad", entry.getValue());
                good++;
                stack.send("good", stack.encode(good("good-" + good)));
            }
            int admitted = good;

            StreamView view = stack.await("everything to be dealt with", seen -> {
                CheckpointManifest newest = seen.newestCheckpoint();
                return newest != null && newest.getTrained() == admitted && newest.getRejected() == 1;
            });
            stack.await("the trainer's rejection", seen -> seen.rejectedInTraining() == 1);

            assertThat(view.admitted()).isEqualTo(admitted + 1); // and the one that the trainer rejected
            List<RejectedExample> rejected = RejectedRecords.read(stack.cluster(), null);
            assertThat(rejected)
                    .extracting(RejectedExample::getReason)
                    .containsExactlyInAnyOrderElementsOf(bad.keySet());
            for (RejectedExample example : rejected) {
                byte[] sent = bad.get(example.getReason());
                if (!example.getReason().equals("record.too.large")) { // of which only the beginning is kept
                    assertThat(example.getOriginal()).isEqualTo(ByteBuffer.wrap(sent));
                }
                assertThat(example.getDetail()).isNotBlank();
            }
        }
    }

    private static Map<String, byte[]> badRecords(LiveStack stack) {
        byte[] whole = stack.encode(good("cut"));
        int other = stack.registry()
                .register(
                        "other-value",
                        SchemaBuilder.record("Other")
                                .fields()
                                .requiredLong("number")
                                .endRecord());
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("record.not.avro", "{\"text\": \"json\"}".getBytes(StandardCharsets.UTF_8));
        bad.put(
                "schema.unknown",
                ByteBuffer.allocate(9).put((byte) 0).putInt(999_999).putInt(0).array());
        bad.put(
                "schema.incompatible",
                ByteBuffer.allocate(6).put((byte) 0).putInt(other).put((byte) 2).array());
        bad.put("record.truncated", Arrays.copyOf(whole, whole.length - 20));
        bad.put("record.too.large", stack.encode(text("large", "x".repeat(3_000))));
        bad.put("text.blank", stack.encode(text("blank", " \t ")));
        bad.put("text.too.long", stack.encode(text("long", "x".repeat(201))));
        bad.put(
                "label.missing",
                stack.encode(LabeledExample.newBuilder(good("unlabelled"))
                        .setLabel(null)
                        .build()));
        bad.put(
                "label.not.allowed",
                stack.encode(LabeledExample.newBuilder(good("shouting"))
                        .setLabel("LOUD!")
                        .build()));
        bad.put("id.blank", stack.encode(good(" ")));
        bad.put("id.conflict", stack.encode(text("good-1", "another text under an id that was there before")));
        bad.put(
                "weight.invalid",
                stack.encode(LabeledExample.newBuilder(good("weightless"))
                        .setWeight(Double.NaN)
                        .build()));
        bad.put(
                "time.future",
                stack.encode(LabeledExample.newBuilder(good("tomorrow"))
                        .setEventTime(Instant.now().plus(1, ChronoUnit.DAYS))
                        .build()));
        bad.put(
                "input.unsupported",
                stack.encode(LabeledExample.newBuilder(good("picture"))
                        .setInput(new BinaryInput(ByteBuffer.wrap(new byte[] {1, 2, 3}), "image/png"))
                        .build()));
        bad.put(
                "label.limit",
                stack.encode(
                        LabeledExample.newBuilder(good("fourth")).setLabel("d").build()));
        return bad;
    }

    /** Labels a, b and c take turns, so that a fourth one is beyond the limit. */
    private static LabeledExample good(String id) {
        String label = List.of("a", "b", "c").get(Math.floorMod(id.hashCode(), 3));
        return TinyStream.example(id, "some good text of " + id, label);
    }

    private static LabeledExample text(String id, String text) {
        return LabeledExample.newBuilder(good(id))
                .setInput(new TextInput(text, null))
                .build();
    }
}
