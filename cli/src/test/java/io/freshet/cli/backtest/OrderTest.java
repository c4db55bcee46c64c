package io.freshet.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.trainer.OfflinePass.Labelled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static Sample sample(int number, String task) {
        return new Sample(
                new Labelled("id-" + number, "text " + number, null, "label " + number % 6), task, 100 - number);
    }

    private static Material material(int tasks) {
        List<Sample> stream = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            stream.add(sample(i, "task " + i % tasks));
        }
        List<Sample> test = stream.stream().filter(s -> s.time() % 4 == 0).toList();
        return Material.of(new Divided(stream, test), null);
    }

    private static List<String> ids(Plan plan) {
        return plan.stream().stream().map(Labelled::id).toList();
    }

    @Test
    void bringsOneTaskAfterTheOther() {
        Material material = material(3);
        Plan plan = Order.BY_TASK.plan(material, 7, 10);
        assertThat(plan.stretches())
                .hasSize(3)
                .allSatisfy(stretch -> assertThat(stretch).hasSize(20));
        for (int task = 0; task < 3; task++) {
            String name = plan.tests().get(task).task();
            assertThat(plan.stretches().get(task))
                    .allSatisfy(text -> assertThat(
                                    "task " + Integer.parseInt(text.id().substring(3)) % 3)
                            .isEqualTo(name));
        }
    }

    @Test
    void drawsTasksAndWhatIsInThemFromTheSeed() {
        Material material = material(3);
        assertThat(ids(Order.BY_TASK.plan(material, 1, 10))).isEqualTo(ids(Order.BY_TASK.plan(material, 1, 10)));
        assertThat(ids(Order.BY_TASK.plan(material, 1, 10))).isNotEqualTo(ids(Order.BY_TASK.plan(material, 2, 10)));
        assertThat(ids(Order.SHUFFLED.plan(material, 1, 10))).isNotEqualTo(ids(Order.SHUFFLED.plan(material, 2, 10)));
    }

    @Test
    void neitherLosesNorRepeatsAnExampleInAnyOrder() {
        Material material = material(4);
        for (Order order : Order.values()) {
            Plan plan = order.plan(material, 5, 7);
            assertThat(ids(plan)).hasSize(60).doesNotHaveDuplicates();
            assertThat(plan.tests().stream()
                            .mapToInt(test -> test.texts().size())
                            .sum())
                    .isEqualTo(material.test().size());
        }
        assertThat(Order.FILE.plan(material, 5, 7).stretches()).hasSize(7);
    }

    @Test
    void sortsByTheTimeOfTheEvent() {
        assertThat(ids(Order.BY_TIME.plan(material(2), 5, 1)).get(0)).isEqualTo("id-59");
        assertThat(ids(Order.FILE.plan(material(2), 5, 1)).get(0)).isEqualTo("id-0");
    }

    @Test
    void dividesLabelsIntoGroupsOfEqualSize() {
        Material grouped =
                Material.of(new Divided(material(1).stream(), material(1).test()), new Groups(3, null));
        assertThat(grouped.tasks()).containsExactlyInAnyOrder("group 1", "group 2", "group 3");
        assertThat(grouped.stream())
                .filteredOn(sample -> sample.task().equals("group 1"))
                .extracting(sample -> sample.text().label())
                .containsOnly("label 0", "label 1");
        Material dealt =
                Material.of(new Divided(material(1).stream(), material(1).test()), new Groups(3, 4L));
        assertThat(dealt.tasks()).hasSize(3);
        assertThatThrownBy(() -> Material.of(new Divided(material(1).stream(), List.of()), new Groups(7, null)))
                .hasMessageContaining("6 labels only");
    }

    @Test
    void refusesTasksWhereThereAreNone() {
        assertThatThrownBy(() -> Order.BY_TASK.check(material(1))).hasMessageContaining("--groups N");
    }

    @Test
    void leavesOutTestsThatNothingCouldAnswer() {
        Sample stranger = new Sample(new Labelled("x", "new", null, "unheard of"), "task 0", 0);
        Material material =
                Material.of(new Divided(material(1).stream(), List.of(stranger, sample(3, "task 0"))), null);
        assertThat(material.strangers()).isEqualTo(1);
        assertThat(material.test()).hasSize(1);
    }

    @Test
    void holdsOutTheSameTextsWhateverIsAroundThem() {
        List<Sample> all = material(1).stream();
        Divided whole = Divided.of(all, 0.3);
        assertThat(whole.heldOut().size()).isBetween(8, 28); // 60 x 0.3 = 18, about 3 standard deviations (3.5) around
        assertThat(whole.rest()).doesNotContainAnyElementsOf(whole.heldOut());
        assertThat(Divided.of(all.subList(0, 30), 0.3).heldOut())
                .isEqualTo(whole.heldOut().stream()
                        .filter(all.subList(0, 30)::contains)
                        .toList());
    }
}
