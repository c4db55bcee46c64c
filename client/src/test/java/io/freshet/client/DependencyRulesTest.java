package io.freshet.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependencyRulesTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.client");

    @Test
    void seesNoServiceAndNoStreams() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.ingest..",
                        "io.freshet.trainer..",
                        "io.freshet.evaluator..",
                        "io.freshet.local..",
                        "io.freshet.cli..",
                        "org.apache.kafka.streams..")
                .check(classes);
    }

    @Test
    void leavesTheEngineToTheModelModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..")
                .check(classes);
    }

    @Test
    void decidesWithoutKafkaFilesOrEngine() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("SequenceRule")
                .or()
                .haveSimpleName("UpdatePlan")
                .or()
                .haveSimpleName("Backoff")
                .or()
                .haveSimpleName("Shared")
                .or()
                .haveSimpleName("Swappable")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.freshet.model..", "io.freshet.core..", "java.nio.file..")
                .check(classes);
    }
}
