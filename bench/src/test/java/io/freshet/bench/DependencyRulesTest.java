package io.freshet.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependencyRulesTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.bench");

    @Test
    void measuresTheLibraryAndNoService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "ai.djl..",
                        "io.freshet.ingest..",
                        "io.freshet.evaluator",
                        "io.freshet.evaluator.gate..",
                        "io.freshet.evaluator.scorer..",
                        "io.freshet.client..",
                        "io.freshet.cli..",
                        "io.freshet.local..",
                        "io.freshet.trainer",
                        "io.freshet.trainer.learn..",
                        "io.freshet.trainer.checkpoint..")
                .check(classes);
    }

    @Test
    void figuresAndBatchesKnowNoModel() {
        noClasses()
                .that()
                .resideInAnyPackage("io.freshet.bench.figures", "io.freshet.bench.batch", "io.freshet.bench.machine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.freshet.model..")
                .check(classes);
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("io.freshet.bench.(*)..").should().beFreeOfCycles().check(classes);
    }
}
