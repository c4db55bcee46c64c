package io.freshet.cli.demo;

import java.util.List;

/**
 * One intent of the demonstration.
 *
 * @param late whether it appears in the second half of the stream only
 * @param templates at least one
 */
record Intent(String name, String task, boolean late, List<String> templates) {
    Intent {
        templates = List.copyOf(templates);
        if (templates.isEmpty()) {
            throw new IllegalArgumentException("intent '%s' has no template".formatted(name));
        }
    }
}
