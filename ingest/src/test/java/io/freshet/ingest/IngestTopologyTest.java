package io.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.local.LocalStack;
import io.freshet.schemas.BinaryInput;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RegistryUnavailableException;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class IngestTopologyTest {

    private static final LabeledExample SOUND = Examples.of("sound", "what is the weather", "weather");

    private static LocalStack stack;

    @TempDir
    Path state;

    @BeforeAll
    static void startRegistry(@TempDir Path directory) {
        stack = LocalStack.start(directory);
    }

    @AfterAll
    static void stopRegistry() {
        stack.close();
    }

    /** A kind of bad input; the value is made from the driven topology, whose registry knows the schemas. */
    record Bad(
            String name, RejectionReason reason, @Nullable String id, Function<Driven, byte @Nullable []> value) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> everyKindOfBadInput() {
        return Stream.of(
                new Bad("text that is not Avro", RejectionReason.NOT_AVRO, null, d -> utf8("{\"text\":\"hello\"}")),
                new Bad("a tombstone", RejectionReason.NOT_AVRO, null, d -> null),
                new Bad("an empty value", RejectionReason.NOT_AVRO, null, d -> new byte[0]),
                new Bad("bytes left over", RejectionReason.NOT_AVRO, null, d -> {
                    byte[] sound = d.encode(Examples.of("b1", "hello there", "greet"));
                    return Arrays.copyOf(sound, sound.length + 3);
                }),
                new Bad("an unknown schema id", RejectionReason.SCHEMA_UNKNOWN, null, d -> {
                    byte[] value = d.encode(Examples.of("b2", "hello there", "greet"));
                    ByteBuffer.wrap(value).putInt(1, 987_654);
                    return value;
                }),
                new Bad("another record's schema", RejectionReason.SCHEMA_INCOMPATIBLE, null, d -> {
                    Schema other = new Schema.Parser()
                            .parse(
                                    "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}");
                    int id = d.registry.register("other-value", other);
                    return ByteBuffer.allocate(6)
                            .put((byte) 0)
                            .putInt(id)
                            .put((byte) 2)
                            .array();
                }),
                new Bad("a record cut short", RejectionReason.TRUNCATED, null, d -> {
                    byte[] value = d.encode(Examples.of("b3", "hello there", "greet"));
                    return Arrays.copyOf(value, value.length / 2);
                }),
                new Bad("a schema id cut short", RejectionReason.TRUNCATED, null, d -> new byte[] {0, 0, 0}),
                new Bad("a record too large", RejectionReason.RECORD_TOO_LARGE, null, d -> new byte[2001]),
                bad("a blank id", RejectionReason.ID_BLANK, Examples.builder(" ", "hello there", "greet")),
                bad("a blank text", RejectionReason.TEXT_BLANK, Examples.builder("b4", " \u00A0 ", "greet")),
                bad(
                        "an oversized text",
                        RejectionReason.TEXT_TOO_LONG,
                        Examples.builder("b5", "x".repeat(101), "greet")),
                bad(
                        "a missing label",
                        RejectionReason.LABEL_MISSING,
                        Examples.builder("b6", "hi", "").setLabel(null)),
                bad("a label not allowed", RejectionReason.LABEL_NOT_ALLOWED, Examples.builder("b7", "hi", "Greet!")),
                bad(
                        "a weight below zero",
                        RejectionReason.WEIGHT_INVALID,
                        Examples.builder("b8", "hi", "greet").setWeight(-1)),
                bad(
                        "a weight that is no number",
                        RejectionReason.WEIGHT_INVALID,
                        Examples.builder("b9", "hi", "greet").setWeight(Double.NaN)),
                bad(
                        "a time in the future",
                        RejectionReason.TIME_FUTURE,
                        Examples.builder("b10", "hi", "greet")
                                .setEventTime(Examples.TIME.plus(Duration.ofMinutes(61)))),
                bad(
                        "an image",
                        RejectionReason.INPUT_UNSUPPORTED,
                        Examples.builder("b11", "", "greet")
                                .setInput(new BinaryInput(ByteBuffer.wrap(new byte[] {1, 2}), "image/png"))));
    }

    private static Bad bad(String name, RejectionReason reason, LabeledExample.Builder builder) {
        LabeledExample example = builder.build();
        return new Bad(name, reason, example.getId(), d -> d.encode(example));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfBadInput")
    void rejectsBadInputWithItsOwnCodeAndAdmitsTheExampleBehindIt(Bad bad) {
        try (Driven driven = driven(Map.of(
                "ingest.text.max.characters", "100",
                "ingest.record.max.bytes", "2000",
                "ingest.labels.pattern", "[a-z]+"))) {
            byte[] value = bad.value().apply(driven);
            driven.send(value);
            driven.send(SOUND);

            assertThat(driven.rejected()).singleElement().satisfies(record -> {
                RejectedExample rejected = record.value();
                assertThat(rejected.getReason()).isEqualTo(bad.reason().code());
                assertThat(rejected.getDetail()).isNotBlank();
                assertThat(rejected.getId()).isEqualTo(bad.id());
                assertThat(rejected.getTopic()).isEqualTo("intents.examples");
                assertThat(rejected.getOffset()).isZero();
                assertThat(rejected.getRejectedBy()).isEqualTo("ingest");
                assertThat(rejected.getTime()).isEqualTo(Examples.TIME);
                assertThat(original(rejected)).isEqualTo(original(value));
                assertThat(record.key())
                        .isEqualTo(bad.id() == null || bad.id().isBlank() ? "intents.examples-0-0" : bad.id());
            });
            assertThat(driven.admitted()).containsExactly(SOUND);
            assertThat(driven.counts().rejected()).isEqualTo(Map.of(bad.reason().code(), 1L));
            assertThat(driven.counts().total()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2"})
    void rejectsAnIdThatStoodForSomethingElseWithTheOriginalBytes(int partitions, int storePartitions) {
        try (Driven driven = driven(partitioned(partitions, storePartitions))) {
            byte[] conflicting = driven.encode(Examples.of("e1", "cancel it", "cancel"));
            driven.send(Examples.of("e0", "first", "greet"));
            driven.send(Examples.of("e1", "where is my order", "track"));
            driven.send(conflicting);
            driven.send(SOUND);

            assertThat(driven.rejected()).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo("e1");
                assertThat(record.value().getReason()).isEqualTo("id.conflict");
                assertThat(record.value().getOffset()).isEqualTo(2);
                assertThat(record.value().getTopic()).isEqualTo("intents.examples");
                assertThat(original(record.value())).isEqualTo(conflicting);
            });
            assertThat(driven.admitted()).hasSize(3).contains(SOUND);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2"})
    void rejectsATextThatIsOnTheOtherSideAlready(int partitions, int storePartitions) {
        try (Driven driven = driven(partitioned(partitions, storePartitions))) {
            LabeledExample trained = grouped(driven, "a", "My card is LOST!", Topic.TRAIN);
            LabeledExample heldOut = grouped(driven, "b", "something else", Topic.HELD_OUT);
            LabeledExample crossing = Examples.builder("c", "my card is lost", "lost")
                    .setGroup(heldOut.getGroup())
                    .build();
            driven.send(crossing);
            driven.send(SOUND);

            assertThat(driven.rejected()).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo("c");
                assertThat(record.value().getReason()).isEqualTo("split.crossing");
                assertThat(record.value().getDetail())
                        .contains("group '%s' puts it on side heldout".formatted(heldOut.getGroup()));
                assertThat(original(record.value())).isEqualTo(driven.encode(crossing));
            });
            assertThat(driven.admitted()).containsExactly(SOUND);
            assertThat(driven.counts().rejected()).isEqualTo(Map.of("split.crossing", 1L));
            assertThat(trained.getGroup()).isNotEqualTo(heldOut.getGroup());
        }
    }

    /** Sends {@code text} for one group after the other until one of them is on the side wanted; returns that example. */
    private static LabeledExample grouped(Driven driven, String id, String text, Topic wanted) {
        for (int group = 0; group < 1000; group++) {
            LabeledExample example = Examples.builder(id + group, group + text, "lost")
                    .setGroup("customer-" + group)
                    .build();
            driven.send(example);
            if (driven.examples(wanted).size() == 1) {
                driven.admitted();
                LabeledExample same = Examples.builder(id, text, "lost")
                        .setGroup(example.getGroup())
                        .build();
                driven.send(same);
                assertThat(driven.examples(wanted)).containsExactly(same);
                return same;
            }
            driven.admitted();
        }
        throw new AssertionError("no group on side " + wanted);
    }

    @Test
    void forwardsAdmittedExamplesByteForByteKeyedById() {
        try (Driven driven = driven(Map.of())) {
            byte[] value = driven.encode(SOUND);
            driven.send(value);
            Stream<TestRecord<String, byte[]>> both =
                    Stream.concat(driven.raw(Topic.TRAIN).stream(), driven.raw(Topic.HELD_OUT).stream());
            assertThat(both).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo("sound");
                assertThat(record.value()).isEqualTo(value);
                assertThat(record.getRecordTime()).isEqualTo(Examples.TIME);
            });
        }
    }

    @Test
    void dropsARepeatedExampleAndCountsIt() {
        try (Driven driven = driven(Map.of())) {
            driven.send(SOUND);
            driven.send(LabeledExample.newBuilder(SOUND).setWeight(2).build());
            driven.send(SOUND);

            assertThat(driven.admitted()).hasSize(1);
            assertThat(driven.rejected()).isEmpty();
            assertThat(driven.counts().duplicates()).isEqualTo(2);
            assertThat(driven.counts().total()).isEqualTo(3);
        }
    }

    @Test
    void forgetsAnIdWhenItsWindowIsOver() {
        try (Driven driven = driven(Map.of("ingest.duplicate.window.ms", "60000"))) {
            driven.send(SOUND);
            driven.send(SOUND, Examples.TIME.plusMillis(60_000));
            driven.send(SOUND, Examples.TIME.plusMillis(60_001));

            assertThat(driven.admitted()).hasSize(2);
            assertThat(driven.counts().duplicates()).isEqualTo(1);
        }
    }

    @Test
    void recognisesARepeatThatWasAppendedEarlierInAnotherPartition() {
        try (Driven driven = driven(Map.of("ingest.duplicate.window.ms", "60000"))) {
            driven.send(SOUND);
            driven.send(SOUND, Examples.TIME.minusMillis(30_000));

            assertThat(driven.admitted()).hasSize(1);
        }
    }

    @Test
    void letsACorrectedExampleInUnderTheIdThatWasRejected() {
        try (Driven driven = driven(Map.of())) {
            driven.send(Examples.builder("e1", "hello", "").setLabel(null).build());
            driven.send(Examples.of("e1", "hello", "greet"));
            assertThat(driven.admitted()).hasSize(1);
        }
    }

    @Test
    void admitsExamplesWithoutALabelWhereNoneIsRequired() {
        try (Driven driven = driven(Map.of("ingest.label.required", "false"))) {
            driven.send(Examples.builder("e1", "hello", "").setLabel(null).build());
            assertThat(driven.admitted())
                    .singleElement()
                    .satisfies(e -> assertThat(e.getLabel()).isNull());
        }
    }

    @ParameterizedTest
    @CsvSource({"masked-lm", "causal-lm"})
    void admitsTextsWithAndWithoutALabelForALanguageModel(String objective) {
        try (Driven driven = driven(Map.of("objective", objective))) {
            driven.send(Examples.builder("e1", "hello", "").setLabel(null).build());
            driven.send(SOUND);
            driven.send(Examples.builder("e2", " ", "").setLabel(null).build());

            assertThat(driven.admitted()).extracting(LabeledExample::getId).containsExactlyInAnyOrder("e1", "sound");
            assertThat(driven.rejected())
                    .singleElement()
                    .satisfies(record -> assertThat(record.value().getReason()).isEqualTo("text.blank"));
        }
    }

    @Test
    void failsInsteadOfRejectingWhenTheRegistryCannotBeReached() {
        byte[] value;
        try (Driven driven = driven(Map.of())) {
            value = driven.encode(SOUND);
        }
        try (Driven offline = Driven.withoutRegistry(state.resolve("offline"))) {
            assertThatThrownBy(() -> offline.send(value))
                    .hasStackTraceContaining(RegistryUnavailableException.class.getName());
            assertThat(offline.raw(Topic.REJECTED)).isEmpty();
        }
    }

    private Driven driven(Map<String, String> settings) {
        return new Driven(stack, state.resolve("streams"), settings);
    }

    private static Map<String, String> partitioned(int partitions, int storePartitions) {
        return Map.of(
                "examples.partitions", "" + partitions,
                "ingest.store.partitions", "" + storePartitions);
    }

    private static byte[] original(RejectedExample rejected) {
        byte[] bytes = new byte[rejected.getOriginal().remaining()];
        rejected.getOriginal().duplicate().get(bytes);
        return bytes;
    }

    /** What is kept of a value: all of it up to the limit of the test. */
    private static byte[] original(byte @Nullable [] value) {
        return value == null ? new byte[0] : Arrays.copyOf(value, Math.min(value.length, 2000));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
