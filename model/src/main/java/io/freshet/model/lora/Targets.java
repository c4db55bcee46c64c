package io.freshet.model.lora;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** PEFT's rule for {@code target_modules}: a module is meant by its name, or by what its name ends with behind a point. */
public final class Targets {

    private Targets() {}

    public static boolean matches(String module, String target) {
        return module.equals(target) || module.endsWith("." + target);
    }

    /** PEFT's rule for {@code modules_to_save}: no module inside of a saved one has an adapter. */
    public static boolean contains(String module, String saved) {
        return ("." + module + ".").contains("." + saved + ".");
    }

    /** Returns what the modules' names end with, each once, in order. */
    public static List<String> ends(Collection<String> modules) {
        return modules.stream()
                .map(module -> module.substring(module.lastIndexOf('.') + 1))
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the modules that any of the targets means, in their order. */
    public static List<String> among(Collection<String> modules, List<String> targets) {
        return modules.stream()
                .filter(module -> targets.stream().anyMatch(target -> matches(module, target)))
                .toList();
    }

    /** Returns the targets that mean none of the modules. */
    public static List<String> unmatched(Collection<String> modules, List<String> targets) {
        List<String> unmatched = new ArrayList<>(targets);
        unmatched.removeIf(target -> modules.stream().anyMatch(module -> matches(module, target)));
        return unmatched;
    }
}
