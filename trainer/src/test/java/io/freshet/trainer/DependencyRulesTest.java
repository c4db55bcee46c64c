package io.freshet.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependencyRulesTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.trainer");

    @Test
    void theTrainerSeesNeitherStreamsNorOtherServicesNorTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka.streams..",
                        "io.freshet.evaluator..",
                        "io.freshet.ingest..",
                        "io.freshet.client..",
                        "io.freshet.cli..",
                        "io.freshet.local..",
                        "ai.djl..")
                .check(classes);
    }

    @Test
    void cuttingAndLearningAndCheckpointsDoNotKnowKafka() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.freshet.trainer.cut", "io.freshet.trainer.learn", "io.freshet.trainer.checkpoint")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
    }

    @Test
    void cuttingKnowsNothingButItself() {
        noClasses()
                .that()
                .resideInAPackage("io.freshet.trainer.cut")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.freshet.trainer.cut", "java..", "org.jspecify..")
                .check(classes);
    }
}
