package io.freshet.model.hub;

import java.util.regex.Pattern;

/** A token that may read private models. Never shows itself. */
final class HubToken {

    private static final Pattern RULE = Pattern.compile("[\\x21-\\x7e]+");

    private final String secret;

    /** @throws IllegalArgumentException if it cannot be sent in a header; the message does not hold it */
    HubToken(String secret) {
        if (!RULE.matcher(secret).matches()) {
            throw new IllegalArgumentException(
                    "HF_TOKEN holds white space or characters that a token cannot have; set it to the token alone");
        }
        this.secret = secret;
    }

    String header() {
        return "Bearer " + secret;
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
