package io.freshet.schemas;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/** Tells Avro that it may load the classes generated from this module's schemas; it refuses classes nobody named. */
final class TrustedClasses {

    /** Every schema with a topic of its own. */
    static final List<Schema> SCHEMAS = List.of(
            ChampionUpdate.getClassSchema(),
            CheckpointManifest.getClassSchema(),
            ControlCommand.getClassSchema(),
            Decision.getClassSchema(),
            Evaluation.getClassSchema(),
            ExampleScore.getClassSchema(),
            Label.getClassSchema(),
            LabeledExample.getClassSchema(),
            Pair.getClassSchema(),
            Prediction.getClassSchema(),
            RejectedExample.getClassSchema(),
            SplitSettings.getClassSchema(),
            TrainingMetrics.getClassSchema(),
            Trial.getClassSchema());

    static {
        Set<String> names = new TreeSet<>();
        SCHEMAS.forEach(schema -> collect(schema, names));
        ClassSecurityPredicate own = type -> names.contains(type.getName());
        // Whatever the application around us trusts stays trusted.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), own));
    }

    private TrustedClasses() {}

    /** Does nothing but make sure that the static initialiser has run. */
    static void install() {}

    private static void collect(Schema schema, Set<String> names) {
        switch (schema.getType()) {
            case RECORD -> {
                if (names.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collect(field.schema(), names));
                }
            }
            case ENUM, FIXED -> names.add(schema.getFullName());
            case UNION -> schema.getTypes().forEach(type -> collect(type, names));
            case ARRAY -> collect(schema.getElementType(), names);
            case MAP -> collect(schema.getValueType(), names);
            default -> {
                // a primitive has no class to trust
            }
        }
    }
}
