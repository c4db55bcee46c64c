package io.freshet.model.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings the bytes of one file that are not there yet, from one commit. */
final class Transfer {

    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    private final HubHttp http;
    private final HubModel model;
    private final String commit;
    private final RemoteFile file;

    /** @param commit which the file is of, whatever a branch says by now */
    Transfer(HubHttp http, HubModel model, String commit, RemoteFile file) {
        this.http = http;
        this.model = model;
        this.commit = commit;
        this.file = file;
    }

    /**
     * Makes one request for what is missing, and adds what comes to {@code part}.
     *
     * @param arrived told the number of bytes whenever some arrived
     * @throws HubException if what the hub says contradicts its listing
     * @throws IOException if the connection broke; {@code part} keeps what came
     */
    void run(PartFile part, LongConsumer arrived) throws IOException, InterruptedException {
        Optional<String> tag = part.tag();
        Map<String, String> headers = new LinkedHashMap<>();
        if (part.length() > 0) {
            headers.put("Range", "bytes=%d-".formatted(part.length()));
            tag.ifPresent(value -> headers.put("If-Range", value));
        }
        try (Answer answer = http.get(
                http.address("/%s/resolve/%s/%s".formatted(model.id(), commit, file.name())), headers, model)) {
            requireAsListed(answer);
            position(part, answer);
            part.tag(answer.header("ETag").filter(value -> value.startsWith("\"")));
            for (List<ByteBuffer> piece = answer.body().next();
                    piece != null;
                    piece = answer.body().next()) {
                for (ByteBuffer bytes : piece) {
                    part.append(bytes);
                }
                arrived.accept(part.length());
            }
        }
        if (!part.complete()) {
            throw new PassingException("the connection ended after %d of the %d bytes of %s"
                    .formatted(part.length(), file.size(), file.name()));
        }
    }

    /** Requires what the hub says in the headers of a file to agree with its listing. */
    private void requireAsListed(Answer answer) throws HubException {
        String stated = answer.hub().firstValue("X-Repo-Commit").orElse(commit);
        if (!stated.equals(commit)) {
            throw contradiction("X-Repo-Commit", stated, commit);
        }
        if (file.hash().kind() == ContentHash.Kind.SHA256) {
            String size = answer.hub().firstValue("X-Linked-Size").orElse("" + file.size());
            if (!size.equals("" + file.size())) {
                throw contradiction("X-Linked-Size", size, "" + file.size());
            }
            String hash = answer.hub()
                    .firstValue("X-Linked-ETag")
                    .map(value -> value.replaceAll("^(W/)?\"|\"$", ""))
                    .orElse(file.hash().hex());
            if (!hash.equalsIgnoreCase(file.hash().hex())) {
                throw contradiction("X-Linked-ETag", hash, file.hash().hex());
            }
        }
    }

    private HubException contradiction(String header, String stated, String listed) {
        return new HubException("the hub says %s %s of %s but lists %s; try again, or check the endpoint"
                .formatted(header, Printable.of(stated), file.name(), listed));
    }

    /** Brings {@code part} to where the bytes of the answer begin. */
    private void position(PartFile part, Answer answer) throws IOException {
        if (answer.status() == HubHttp.NO_SUCH_RANGE) {
            part.restart();
            throw new PassingException("the hub has no bytes of %s where the part of it ends".formatted(file.name()));
        }
        if (answer.status() == 200) {
            if (part.length() > 0) {
                part.restart(); // the server has another version, or cannot continue
            }
            long length = answer.length().orElse(file.size());
            if (length != file.size()) {
                throw new HubException("the hub sends %d bytes for %s but lists %d; try again, or check the endpoint"
                        .formatted(length, file.name(), file.size()));
            }
            return;
        }
        Matcher range = RANGE.matcher(answer.header("Content-Range").orElse(""));
        boolean continues = range.matches()
                && Long.parseLong(range.group(1)) == part.length()
                && (range.group(2).equals("*") || Long.parseLong(range.group(2)) == file.size());
        if (!continues) {
            part.restart();
            throw new PassingException("%s answers other bytes of %s than were asked for"
                    .formatted(HubHttp.shown(answer.from()), file.name()));
        }
        part.continued();
    }
}
