package io.freshet.cli.audit;

import io.freshet.cli.audit.Changes.Change;
import io.freshet.cli.audit.Changes.Sample;
import java.util.ArrayList;
import java.util.List;

/** What a candidate changes for users, in words. */
final class ChangesText {

    private static final int LONGEST = 100;

    private ChangesText() {}

    static List<String> of(Changes changes) {
        List<String> lines = new ArrayList<>();
        lines.add("  worse for users than the champion:" + (changes.worse().isEmpty() ? " nothing" : ""));
        changes.worse().forEach(change -> describe(change, lines));
        lines.add("  better for users:" + (changes.better().isEmpty() ? " nothing" : ""));
        changes.better().forEach(change -> describe(change, lines));
        return lines;
    }

    private static void describe(Change change, List<String> lines) {
        lines.add(
                change.label().isEmpty()
                        ? "    %s instead of %s".formatted(change.after(), change.before())
                        : "    %,d x true '%s': was '%s', is '%s'"
                                .formatted(change.count(), change.label(), change.before(), change.after()));
        change.samples().forEach(sample -> lines.add("      " + text(sample)));
    }

    private static String text(Sample sample) {
        String where = "%s at %d-%d".formatted(sample.id(), sample.partition(), sample.offset());
        return sample.text() == null
                ? where + " (the text is gone: retention has deleted it)"
                : "\"%s\" (%s)".formatted(shortened(sample.text()), where);
    }

    /** Texts are strangers': one line of printable characters, not too long. */
    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
    }
}
