package io.freshet.model.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClassStatisticsTest {

    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

    private final List<Seen> examples = Sample.examples(200, 1);

    @Test
    void statisticsOfDisjointExamplesMergeToThoseOfAll() {
        ClassStatistics merged = Sample.statistics(examples.subList(0, 80));
        merged.merge(Sample.statistics(examples.subList(80, 200)));
        assertAlike(merged, Sample.statistics(examples));
    }

    @Test
    void unlearningLeavesWhatNeverSawTheExamples() {
        ClassStatistics unlearned = Sample.statistics(examples);
        examples.subList(50, 200).forEach(seen -> unlearned.add(seen.undone()));
        assertAlike(unlearned, Sample.statistics(examples.subList(0, 50)));
    }

    @Test
    void fadingAllClassesAlikeIsEveryExampleCountingLess() {
        ClassStatistics faded = Sample.statistics(examples);
        faded.fade(label -> 0.25);
        List<Seen> lighter = new ArrayList<>();
        examples.forEach(seen -> lighter.add(new Seen(seen.label(), seen.features(), 0.25)));
        assertAlike(faded, Sample.statistics(lighter));
    }

    @Test
    void fadingOneClassKeepsTheOthersAndTheCovariance() {
        ClassStatistics all = Sample.statistics(examples);
        double variance = all.traceWithin() / all.total();
        ClassStatistics faded = all.copy();
        faded.fade(label -> label.equals("class-1") ? 0.1 : 1);
        for (int place = 0; place < all.classes(); place++) {
            double keep = all.label(place).equals("class-1") ? 0.1 : 1;
            assertThat(faded.count(place)).isCloseTo(keep * all.count(place), ROUNDING);
        }
        assertThat(faded.traceWithin() / faded.total()).isCloseTo(variance, ROUNDING);
    }

    @Test
    void aClassFadedAwayLeavesTheOthers() {
        ClassStatistics faded = Sample.statistics(examples);
        faded.fade(label -> label.equals("class-1") ? 0 : 1);
        assertThat(faded.count(faded.labels().indexOf("class-1"))).isZero();
        assertThat(faded.traceWithin()).isPositive();
    }

    @Test
    void refusesStatisticsOfOtherFeatures() {
        assertThatThrownBy(() -> new ClassStatistics(3).merge(new ClassStatistics(4)))
                .hasMessageContaining("statistics of 3 and of 4 features");
    }

    private static void assertAlike(ClassStatistics found, ClassStatistics wanted) {
        for (String label : wanted.labels()) {
            int place = found.labels().indexOf(label);
            int there = wanted.labels().indexOf(label);
            assertThat(found.count(place)).isCloseTo(wanted.count(there), ROUNDING);
            assertThat(found.sum(place)).containsExactly(wanted.sum(there), ROUNDING);
        }
        assertThat(found.total()).isCloseTo(wanted.total(), ROUNDING);
        assertThat(found.products()).containsExactly(wanted.products(), ROUNDING);
    }
}
