package io.freshet.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.cli");

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("io.freshet.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void whatDecidesWhenARunIsOverSeesNeitherKafkaNorTheEngine() {
        noClasses()
                .that()
                .haveNameMatching(".*\\.run\\.(Account|Completion|Prequential|ReportBuilder|Report|Lead|Watchdog)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "ai.djl..")
                .check(CLASSES);
    }

    @Test
    void inputFilesAreReadWithoutKafka() {
        noClasses()
                .that()
                .resideInAnyPackage("io.freshet.cli.input..", "io.freshet.cli.demo..", "io.freshet.cli.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "ai.djl..")
                .check(CLASSES);
    }
}
