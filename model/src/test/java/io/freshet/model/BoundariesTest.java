package io.freshet.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class BoundariesTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.model", "ai.djl.pytorch.jni");

    @Test
    void onlyTheTorchPackageTouchesTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.freshet.model.torch", "ai.djl..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ai.djl",
                        "ai.djl.pytorch..",
                        "ai.djl.ndarray..",
                        "ai.djl.engine..",
                        "ai.djl.nn..",
                        "ai.djl.training..")
                .check(classes);
    }

    @Test
    void onlyTheTextPackageTouchesTheTokenizers() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.freshet.model.text", "ai.djl..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.huggingface..")
                .check(classes);
    }

    @Test
    void programsAreWrittenWithoutTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage("io.freshet.model.arch", "io.freshet.model.config", "io.freshet.model.tensor")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.freshet.model.torch", "io.freshet.model.text")
                .check(classes);
    }

    @Test
    void nothingKnowsKafka() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
    }
}
