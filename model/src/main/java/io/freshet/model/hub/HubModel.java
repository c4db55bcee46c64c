package io.freshet.model.hub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A model on a hub at a revision.
 *
 * @param id {@code ORG/NAME}; old models have no organisation
 * @param revision branch, tag or commit
 */
public record HubModel(String id, String revision) {

    private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?";
    private static final Pattern ID = Pattern.compile("(?:" + PART + "/)?" + PART);
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]{0,254}");
    private static final String DEFAULT_REVISION = "main";

    public HubModel {
        if (!ID.matcher(id).matches() || id.contains("--") || id.contains("..")) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a model: say ORG/NAME of letters, digits, '-', '_' and '.'".formatted(id));
        }
        if (!REVISION.matcher(revision).matches() || revision.contains("..")) {
            throw new IllegalArgumentException(
                    "'%s' is not a revision: say a branch, a tag or a commit".formatted(revision));
        }
    }

    /**
     * Parses {@code ORG/NAME[@REVISION]}; the revision is {@code main} if it is not said.
     *
     * @throws IllegalArgumentException if a part breaks the hub's rules for names
     */
    public static HubModel parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new HubModel(text, DEFAULT_REVISION)
                : new HubModel(text.substring(0, at), text.substring(at + 1));
    }

    /** Returns the revision as one segment of a path; {@code refs/pr/1} is a revision too. */
    String revisionSegment() {
        return URLEncoder.encode(revision, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return id + "@" + revision;
    }
}
