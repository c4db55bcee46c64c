package io.freshet.model.hub;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Turns an answer that is not one into what a person can do. */
final class Refusals {

    private Refusals() {}

    /**
     * Returns the failure.
     *
     * @param own whether the hub itself answered, not a server that it redirected to
     */
    static IOException of(HttpResponse<?> response, boolean own, HubAccess access, HubModel model) {
        int status = response.statusCode();
        HttpHeaders headers = response.headers();
        String where = HubHttp.shown(response.uri());
        if (status == 429 || status == 408 || status >= 500) {
            return new PassingException("%s answers %d".formatted(where, status), retryAfter(headers));
        }
        if (!own) { // its address was signed for a while; another one may be good
            return new PassingException("%s, where the hub sends for it, answers %d".formatted(where, status));
        }
        String said = said(headers);
        return new HubException(
                switch (status) {
                    case 401 -> unknown(access, model, said);
                    case 403 -> forbidden(access, model, said);
                    case 404 -> missing(headers, access, model, where, said);
                    default -> "%s answers %d%s; check the name and the endpoint".formatted(where, status, said);
                });
    }

    private static String unknown(HubAccess access, HubModel model, String said) {
        return access.token() == null
                ? "the hub does not show %s to everybody (401)%s: it does not exist, is private or is gated; check the name, or set %s to a token that may read it"
                        .formatted(model.id(), said, HubAccess.TOKEN_VARIABLE)
                : "the hub does not accept %s for %s (401)%s; check that it is valid, and the name"
                        .formatted(HubAccess.TOKEN_VARIABLE, model.id(), said);
    }

    private static String forbidden(HubAccess access, HubModel model, String said) {
        String who = access.token() == null ? "without a token" : "with this " + HubAccess.TOKEN_VARIABLE;
        return "the hub does not let %s be read %s (403)%s; accept its terms at %s/%s, and set %s to a token that may read it"
                .formatted(model.id(), who, said, access.endpoint(), model.id(), HubAccess.TOKEN_VARIABLE);
    }

    private static String missing(HttpHeaders headers, HubAccess access, HubModel model, String where, String said) {
        return switch (headers.firstValue("X-Error-Code").orElse("")) {
            case "RevisionNotFound" ->
                "%s has no revision '%s' (404); say a branch, a tag or a commit"
                        .formatted(model.id(), model.revision());
            case "EntryNotFound" -> "the hub has no %s (404), though it lists it; try again".formatted(where);
            default ->
                "%s has no model %s (404)%s; check the name and the endpoint"
                        .formatted(access.endpoint(), model.id(), said);
        };
    }

    private static String said(HttpHeaders headers) {
        return headers.firstValue("X-Error-Message")
                .map(text -> ", saying '%s'".formatted(Printable.of(text)))
                .orElse("");
    }

    /** Reads the number of seconds that a server asks to wait; a date is not understood, and the usual pause is made. */
    private static Duration retryAfter(HttpHeaders headers) {
        Optional<String> value = headers.firstValue("Retry-After").filter(text -> text.matches("[0-9]{1,6}"));
        return value.map(text -> Duration.ofSeconds(Long.parseLong(text))).orElse(Duration.ZERO);
    }
}
