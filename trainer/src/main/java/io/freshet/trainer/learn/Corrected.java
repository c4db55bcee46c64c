package io.freshet.trainer.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Examples that were sent again with another label. */
final class Corrected {

    private Corrected() {}

    /** Returns of the examples with the same id the last one, in the order of these. */
    static List<Learnable> latest(List<Learnable> cut) {
        Map<String, Learnable> byId = new LinkedHashMap<>();
        for (Learnable example : cut) {
            byId.remove(example.id());
            byId.put(example.id(), example);
        }
        return byId.size() == cut.size() ? cut : new ArrayList<>(byId.values());
    }
}
