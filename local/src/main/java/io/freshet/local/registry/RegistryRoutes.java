package io.freshet.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leads a request to the answer for its method and path. */
final class RegistryRoutes {

    /**
     * A request.
     *
     * @param path its decoded parts, {@code [subjects, s, versions]} for {@code /subjects/s/versions}
     * @param query undecoded, empty if there is none
     * @param body an empty object if there is none
     */
    record Request(String method, List<String> path, String query, JsonNode body) {}

    private interface Handler {
        /** @param variables the parts of the path at the asterisks, in order */
        JsonNode answer(List<String> variables, Request request);
    }

    private record Route(String method, List<String> pattern, Handler handler) {

        Optional<List<String>> match(Request request) {
            List<String> path = request.path();
            if (!method.equals(request.method()) || pattern.size() != path.size()) {
                return Optional.empty();
            }
            List<String> variables = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                if (pattern.get(i).equals("*")) {
                    variables.add(path.get(i));
                } else if (!pattern.get(i).equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    RegistryRoutes(RegistryApi api) {
        add("GET", "", (parts, request) -> JsonNodeFactory.instance.objectNode());
        add("GET", "schemas/types", (parts, request) -> api.types());
        add("GET", "schemas/ids/*", (parts, request) -> api.schemaOf(parts.get(0)));
        add("GET", "schemas/ids/*/subjects", (parts, request) -> api.subjectsOf(parts.get(0)));
        add("GET", "schemas/ids/*/versions", (parts, request) -> api.versionsOf(parts.get(0)));
        add("GET", "subjects", (parts, request) -> api.subjects());
        add("GET", "subjects/*/versions", (parts, request) -> api.versions(parts.get(0)));
        add("GET", "subjects/*/versions/*", (parts, request) -> api.version(parts.get(0), parts.get(1)));
        add("POST", "subjects/*", (parts, request) -> api.lookUp(parts.get(0), request.body()));
        add("POST", "subjects/*/versions", (parts, request) -> api.register(parts.get(0), request.body()));
        add(
                "POST",
                "compatibility/subjects/*/versions",
                (parts, request) -> api.compatibleWithAll(parts.get(0), request.body()));
        add(
                "POST",
                "compatibility/subjects/*/versions/*",
                (parts, request) -> api.compatibleWith(parts.get(0), parts.get(1), request.body()));
        add("GET", "config", (parts, request) -> api.level());
        add("PUT", "config", (parts, request) -> api.setLevel(null, request.body()));
        add(
                "GET",
                "config/*",
                (parts, request) -> api.level(parts.get(0), request.query().contains("defaultToGlobal=true")));
        add("PUT", "config/*", (parts, request) -> api.setLevel(parts.get(0), request.body()));
    }

    /** @throws RegistryError where the answer is an error */
    JsonNode answer(Request request) {
        for (Route route : routes) {
            Optional<List<String>> variables = route.match(request);
            if (variables.isPresent()) {
                return route.handler().answer(variables.get(), request);
            }
        }
        throw RegistryError.noSuchPath(request.method(), "/" + String.join("/", request.path()));
    }

    private void add(String method, String pattern, Handler handler) {
        routes.add(new Route(method, pattern.isEmpty() ? List.of() : List.of(pattern.split("/")), handler));
    }
}
