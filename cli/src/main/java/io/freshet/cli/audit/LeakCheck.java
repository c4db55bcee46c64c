package io.freshet.cli.audit;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.split.NormalisedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model was trained on what it was compared on: looks through all that the chains of the models were shown for the ids,
 * groups and texts of the pairs. Told of one example of the train topic after another.
 */
final class LeakCheck {

    private final Map<String, Lineage> lineages;
    private final Map<String, Place> ids = new HashMap<>();
    private final Map<String, Place> groups = new HashMap<>();
    private final Map<String, Place> texts = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long looked;

    /**
     * @param lineages of the models compared, by checkpoint id
     * @param heldOut the examples of the pairs, by where they stand
     */
    LeakCheck(Map<String, Lineage> lineages, Map<Place, LabeledExample> heldOut) {
        this.lineages = Map.copyOf(lineages);
        heldOut.forEach((place, example) -> {
            ids.put(example.getId(), place);
            texts.put(NormalisedText.of(example), place);
            String group = example.getGroup();
            if (group != null && !group.isBlank()) {
                groups.put(group, place);
            }
        });
    }

    /**
     * Takes an example of the train topic.
     *
     * @param learned false where the trainer has rejected it, which is as it should be with what is held out
     */
    void trained(Place at, LabeledExample example, boolean learned) {
        List<String> shown = lineages.entrySet().stream()
                .filter(lineage -> lineage.getValue().saw(at.partition(), at.offset()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!learned || shown.isEmpty()) {
            return;
        }
        looked++;
        leak(shown, at, "id '%s'".formatted(example.getId()), ids.get(example.getId()));
        leak(shown, at, "text of '%s'".formatted(example.getId()), texts.get(NormalisedText.of(example)));
        String group = example.getGroup();
        if (group != null) {
            leak(shown, at, "group '%s'".formatted(group), groups.get(group));
        }
    }

    private void leak(List<String> models, Place at, String what, @Nullable Place heldOut) {
        if (heldOut != null) {
            wrong.add("the %s of the held-out example %s was learned from at %s by %s"
                    .formatted(what, heldOut, at, String.join(", ", models)));
        }
    }

    /** @param gone offsets that the models were shown and the topic has no more */
    Check result(long gone) {
        List<String> broken = lineages.values().stream()
                .flatMap(lineage -> lineage.missing().stream())
                .distinct()
                .map("the manifest of %s is gone, so that nobody can say what it was trained on"::formatted)
                .toList();
        List<String> all = new ArrayList<>(wrong);
        all.addAll(broken);
        return Check.of(
                "no leak",
                "%,d examples that the models learned from have no id, group or text of the pairs%s"
                        .formatted(
                                looked,
                                gone == 0
                                        ? ""
                                        : "; %,d offsets are gone from the train topic (retention) and were not looked at"
                                                .formatted(gone)),
                all);
    }
}
