package io.freshet.trainer.learn;

import static io.freshet.trainer.learn.Memories.chiSquare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.TextInput;
import io.freshet.model.discriminant.FeatureMap;
import io.freshet.model.discriminant.FeaturePlan;
import io.freshet.model.discriminant.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureMemoryTest {

    private static final FeatureMap MAP = new FeatureMap(new FeaturePlan(FeaturePlan.Kind.LINEAR, 2, 2, 8, 0));

    @TempDir
    Path directory = Path.of("");

    /** Returns what was learned of example {@code number}; the weight tells which it is. */
    private static Seen seen(int number, String label) {
        return new Seen(label, MAP.of(TextInput.of("text " + number), new float[] {number, 1}), number);
    }

    private static void offer(FeatureMemory memory, int from, int to) {
        for (int number = from; number < to; number++) {
            memory.offer("e" + number, seen(number, number % 2 == 0 ? "even" : "odd"));
        }
    }

    private static List<Double> kept(FeatureMemory memory) {
        return memory.draw(Integer.MAX_VALUE).stream()
                .map(Seen::weight)
                .sorted()
                .toList();
    }

    @Test
    void keepsAUniformSampleOfAllThatWasOffered() {
        int[] hits = new int[50];
        for (int seed = 0; seed < 2_000; seed++) {
            FeatureMemory memory = new FeatureMemory(5, seed);
            offer(memory, 0, 50);
            assertThat(memory.count()).isEqualTo(5);
            kept(memory).forEach(number -> hits[number.intValue()]++);
        }
        assertThat(chiSquare(hits, 2_000 * 0.1)).isLessThan(95); // 49 degrees of freedom: p = 1e-4
    }

    @Test
    void anIdThatComesAgainReplacesWhatWasKeptOfIt() {
        FeatureMemory memory = new FeatureMemory(10, 1);
        offer(memory, 1, 4);
        memory.offer("e2", seen(20, "odd"));
        assertThat(kept(memory)).containsExactly(1.0, 3.0, 20.0);
    }

    @Test
    void keepsNothingOfAnIdThatIsForgotten() {
        FeatureMemory memory = new FeatureMemory(10, 1);
        offer(memory, 1, 4);
        memory.forget("e2");
        memory.forget("unknown");
        assertThat(kept(memory)).containsExactly(1.0, 3.0);
    }

    @Test
    void dropsAShareOfTheOldExamplesOfTheLabelsConcerned() {
        FeatureMemory memory = new FeatureMemory(100, 1);
        offer(memory, 0, 40);
        memory.forgetBefore(20, 0.5, "even"::equals);
        List<Double> kept = kept(memory);
        assertThat(kept).hasSize(35);
        assertThat(kept.stream().filter(number -> number < 20 && number % 2 == 0))
                .hasSize(5);
        offer(memory, 40, 100);
        assertThat(memory.count()).isEqualTo(95);
    }

    @Test
    void goesOnFromItsFileAsIfItHadNotStopped() throws IOException {
        FeatureMemory memory = new FeatureMemory(7, 3);
        offer(memory, 0, 30);
        memory.draw(3);
        memory.copy().write(directory);
        FeatureMemory restored = FeatureMemory.read(7, 99, directory);
        offer(memory, 30, 60);
        offer(restored, 30, 60);
        assertThat(restored.draw(4).stream().map(Seen::weight))
                .containsExactlyElementsOf(
                        memory.draw(4).stream().map(Seen::weight).toList());
        byte[] first = Files.readAllBytes(directory.resolve(FeatureMemory.NAME));
        memory.write(directory);
        byte[] uninterrupted = Files.readAllBytes(directory.resolve(FeatureMemory.NAME));
        restored.write(directory);
        assertThat(directory.resolve(FeatureMemory.NAME)).hasBinaryContent(uninterrupted);
        assertThat(uninterrupted).isNotEqualTo(first);
    }

    @Test
    void refusesAFileOfAnotherFormat() throws IOException {
        Files.writeString(directory.resolve(FeatureMemory.NAME), "something else altogether");
        assertThatThrownBy(() -> FeatureMemory.read(7, 3, directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another format");
    }

    @Test
    void withoutRoomItKeepsNothing() {
        FeatureMemory memory = new FeatureMemory(0, 3);
        offer(memory, 0, 30);
        assertThat(memory.draw(5)).isEmpty();
        assertThat(memory.bytes()).isZero();
    }
}
