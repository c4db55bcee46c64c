package io.freshet.evaluator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String DECIDERS =
            "io\\.freshet\\.evaluator\\.policy\\..*|io\\.freshet\\.evaluator\\.gate\\.(Gate|Ledger|Rules|Answer|Differences|SliceTallies|GuardTallies|Refold|Standing|TreeTable|GateState|GateRecords|Arrivals|LabelTallies|Offsets|AnswerEvidence|BitsEvidence|Evidence|Progress|StoredStatistics|Reign|ScoreKey|Table|Verdict|CommandCheck|Refusal|Answers|Candidates|Commands|Comparison|Contest|Ending|GateEvent|Order|Orders|Passed|PrefixedTable|PromotionWatch|ReignRecords|RememberingTable|ScoreShelf|Succession|Throne|WatchEnd)(\\$.*)?";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.evaluator");

    @Test
    void whatDecidesKnowsNothingOfKafkaOrOfModels() {
        noClasses()
                .that()
                .haveNameMatching(DECIDERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "ai.djl..", "io.freshet.model..")
                .check(classes);
    }

    @Test
    void statisticsKnowNothingButArithmetic() {
        noClasses()
                .that()
                .resideInAPackage("io.freshet.evaluator.statistics")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "ai.djl..", "org.apache.avro..", "io.freshet.schemas..")
                .check(classes);
    }

    @Test
    void gateAndScorerMeetOnlyOverKafka() {
        noClasses()
                .that()
                .resideInAPackage("io.freshet.evaluator.gate")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.freshet.evaluator.scorer", "io.freshet.model..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("io.freshet.evaluator.scorer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.freshet.evaluator.gate")
                .check(classes);
    }

    @Test
    void nothingSeesTheTrainer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.freshet.trainer..")
                .check(classes);
    }
}
