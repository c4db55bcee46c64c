package io.freshet.model.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a hub says about a model at a revision.
 *
 * <p>Format: the answer to {@code GET /api/models/ID/revision/REVISION?blobs=true}, a JSON object with the commit under
 * {@code sha} and the files under {@code siblings}, each with {@code rfilename}, {@code size}, {@code blobId} and, where
 * large-file storage holds it, {@code lfs} with {@code sha256} and {@code size}.
 *
 * @param commit of the revision, 40 hexadecimal digits
 * @param files by name, in order of name
 */
record Listing(String commit, Map<String, JsonNode> files) {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Parses an answer.
     *
     * @throws HubException if it is not one, or names a file outside of the repository
     */
    static Listing parse(HubModel model, byte[] json) throws HubException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new HubException(
                    "the hub's answer about %s is not JSON (%s); check the endpoint"
                            .formatted(model, e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new HubException("the hub's answer about %s cannot be read".formatted(model), e);
        }
        String commit = root.path("sha").asText();
        if (!COMMIT.matcher(commit).matches() || !root.path("siblings").isArray()) {
            throw new HubException(
                    "the hub's answer about %s has no commit (sha) or no files (siblings); check the endpoint"
                            .formatted(model));
        }
        Map<String, JsonNode> files = new TreeMap<>();
        for (JsonNode file : root.path("siblings")) {
            String name = file.path("rfilename").asText();
            requireInside(model, name);
            files.put(name, file);
        }
        return new Listing(commit, files);
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    /**
     * Returns a file.
     *
     * @throws HubException if it is not there or the hub states no hash for it
     */
    RemoteFile file(String name) throws HubException {
        JsonNode file = files.get(name);
        if (file == null) {
            throw new HubException("the repository has no file '%s'".formatted(name));
        }
        JsonNode large = file.path("lfs");
        JsonNode hash = large.isObject() ? large.path("sha256") : file.path("blobId");
        JsonNode size = large.isObject() ? large.path("size") : file.path("size");
        try {
            if (size.isIntegralNumber() && size.canConvertToLong()) {
                ContentHash.Kind kind = large.isObject() ? ContentHash.Kind.SHA256 : ContentHash.Kind.GIT_BLOB;
                return new RemoteFile(name, size.asLong(), new ContentHash(kind, hash.asText()));
            }
        } catch (IllegalArgumentException e) {
            throw new HubException("the hub says of file '%s' what cannot be: %s".formatted(name, e.getMessage()), e);
        }
        throw new HubException("the hub states no size for file '%s', so it cannot be checked".formatted(name));
    }

    private static void requireInside(HubModel model, String name) throws HubException {
        boolean outside = name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0;
        for (String segment : name.split("/", -1)) {
            outside |= segment.isEmpty() || segment.equals(".") || segment.equals("..");
        }
        if (outside || name.chars().anyMatch(Character::isISOControl)) {
            throw new HubException(
                    "the hub lists a file '%s' of %s, which is not a path inside a repository; nothing was fetched"
                            .formatted(Printable.of(name), model));
        }
    }
}
