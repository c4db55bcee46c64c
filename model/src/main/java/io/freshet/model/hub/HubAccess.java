package io.freshet.model.hub;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which hub, and as whom.
 *
 * @param endpoint base of its addresses, without a slash at its end
 * @param token of somebody who may read more than everybody; null for nobody in particular
 */
public record HubAccess(URI endpoint, @Nullable HubToken token) {

    public static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    public static final String ENDPOINT_VARIABLE = "HF_ENDPOINT";
    public static final String TOKEN_VARIABLE = "HF_TOKEN";

    public HubAccess {
        if (!Set.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
                || endpoint.getHost() == null
                || endpoint.getUserInfo() != null
                || endpoint.getQuery() != null
                || endpoint.getFragment() != null) {
            throw new IllegalArgumentException("endpoint %s is not an address of a hub, for example %s"
                    .formatted(hidden(endpoint), DEFAULT_ENDPOINT));
        }
        if (token != null && endpoint.getScheme().equals("http") && !loopback(endpoint.getHost())) {
            throw new IllegalArgumentException("%s would be sent to %s where others can read it; use https or unset it"
                    .formatted(TOKEN_VARIABLE, endpoint));
        }
    }

    /**
     * Takes from the environment what is not said.
     *
     * @param endpoint null for {@code HF_ENDPOINT} or else the public hub
     * @throws IllegalArgumentException if endpoint or token cannot be used
     */
    public static HubAccess of(@Nullable String endpoint, Map<String, String> environment) {
        String base = endpoint != null ? endpoint : environment.getOrDefault(ENDPOINT_VARIABLE, "");
        if (base.isBlank()) {
            base = DEFAULT_ENDPOINT;
        }
        String token = environment.getOrDefault(TOKEN_VARIABLE, "").strip();
        return new HubAccess(
                URI.create(base.strip().replaceAll("/+$", "")), token.isEmpty() ? null : new HubToken(token));
    }

    /** Whether an address is the hub's own, which alone may see the token. */
    boolean owns(URI address) {
        return endpoint.getScheme().equalsIgnoreCase(address.getScheme())
                && endpoint.getHost().equalsIgnoreCase(address.getHost())
                && port(endpoint) == port(address);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String hidden(URI endpoint) {
        return endpoint.getUserInfo() == null ? endpoint.toString() : "with a password in it";
    }
}
