package io.freshet.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.freshet.trainer.learn.Hex;
import io.freshet.trainer.learn.SplitMix;
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
                        "io.freshet.trainer.cut",
                        "io.freshet.trainer.drift",
                        "io.freshet.trainer.learn",
                        "io.freshet.trainer.checkpoint")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
    }

    @Test
    void watchingForDriftKnowsNeitherModelsNorLearners() {
        noClasses()
                .that()
                .resideInAPackage("io.freshet.trainer.drift")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("io.freshet..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage("io.freshet.trainer.drift"))
                        .and(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(SplitMix.class, Hex.class))))
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
