package io.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaEvolutionTest {

    private static final Schema STRING = SchemaBuilder.builder().stringType();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path MODULE = Path.of(System.getProperty("freshet.root"), "schemas");
    private static final Path RELEASED = MODULE.resolve("src/main/avro-released");
    private static final Path PRINTED = MODULE.resolve("target/schemas");

    /** What a release copies beside the versions so far, see CONTRIBUTING.md. */
    @BeforeAll
    static void printTheCurrentSchemas() throws IOException {
        Files.createDirectories(PRINTED);
        for (Schema schema : TrustedClasses.SCHEMAS) {
            String json = JSON.readTree(PortableSchema.json(schema)).toPrettyString();
            Files.writeString(PRINTED.resolve(schema.getName() + ".avsc"), json + "\n");
        }
    }

    static List<Schema> current() {
        return TrustedClasses.SCHEMAS;
    }

    @ParameterizedTest
    @MethodSource("current")
    void everySchemaReadsAndIsReadByEveryReleasedVersion(Schema schema) throws IOException {
        assertThat(SchemaEvolution.objections(schema, released(schema.getName())))
                .as("%s; compare %s with %s", schema.getName(), PRINTED, RELEASED)
                .isEmpty();
    }

    @Test
    void everySchemaFileHasATopicOfItsOwn() throws IOException {
        try (Stream<Path> files = Files.list(MODULE.resolve("src/main/avro"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".avsc", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            current().stream().map(Schema::getName).toList());
        }
    }

    @Test
    void aSchemaWithoutAReleasedVersionIsDetected() {
        assertThat(SchemaEvolution.objections(LabeledExample.getClassSchema(), Map.of()))
                .containsExactly("LabeledExample has no released version beside it");
    }

    @Test
    void aFieldThatOldRecordsLackIsDetected() throws IOException {
        Schema planted = with(LabeledExample.getClassSchema(), new Schema.Field("language", STRING));

        assertThat(SchemaEvolution.objections(planted, released("LabeledExample")))
                .singleElement()
                .asString()
                .contains("LabeledExample does not read v1")
                .contains("language");
    }

    @Test
    void aRequiredFieldTakenAwayIsDetected() throws IOException {
        Schema planted = without(LabeledExample.getClassSchema(), "id");

        assertThat(SchemaEvolution.objections(planted, released("LabeledExample")))
                .singleElement()
                .asString()
                .contains("LabeledExample is not read by v1")
                .contains("id");
    }

    @Test
    void aFieldWithADefaultMayComeAndGo() throws IOException {
        Schema more = with(LabeledExample.getClassSchema(), new Schema.Field("language", STRING, "planted", "en"));
        Schema fewer = without(LabeledExample.getClassSchema(), "weight");

        assertThat(SchemaEvolution.objections(more, released("LabeledExample"))).isEmpty();
        assertThat(SchemaEvolution.objections(fewer, released("LabeledExample")))
                .isEmpty();
    }

    private static Map<String, Schema> released(String name) throws IOException {
        Map<String, Schema> versions = new TreeMap<>();
        Path directory = RELEASED.resolve(name);
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    String version = file.getFileName().toString().replace(".avsc", "");
                    versions.put(version, new Schema.Parser().parse(Files.readString(file)));
                }
            }
        }
        return versions;
    }

    private static Schema with(Schema schema, Schema.Field added) {
        return withFields(schema, Stream.concat(copies(schema), Stream.of(added)));
    }

    private static Schema without(Schema schema, String name) {
        return withFields(schema, copies(schema).filter(field -> !field.name().equals(name)));
    }

    private static Stream<Schema.Field> copies(Schema schema) {
        return schema.getFields().stream().map(field -> new Schema.Field(field, field.schema()));
    }

    private static Schema withFields(Schema schema, Stream<Schema.Field> fields) {
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields.toList());
    }
}
