package io.freshet.core.config;

import java.util.Collection;
import java.util.Comparator;

/** Describes a key that no definition knows, with the nearest one that it might have meant. */
public final class UnknownKey {

    private UnknownKey() {}

    /** Returns the problem, and the nearest known key where one is near. */
    public static String describe(String key, Collection<String> known) {
        String nearest = known.stream()
                .sorted()
                .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
                .orElse("");
        boolean near = !nearest.isEmpty() && distance(key, nearest) <= Math.max(2, key.length() / 4);
        return "%s is not a known setting%s".formatted(key, near ? "; did you mean %s?".formatted(nearest) : "");
    }

    /** Levenshtein distance, in characters inserted, removed or replaced. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
