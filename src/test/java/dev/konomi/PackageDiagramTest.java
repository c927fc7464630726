package dev.konomi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The package diagram of the architecture, as a test.
@AnalyzeClasses(packages = "dev.konomi", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDiagramTest {
    private static final String[] SERVING = {
        "dev.konomi.door..",
        "dev.konomi.event..",
        "dev.konomi.item..",
        "dev.konomi.history..",
        "dev.konomi.taste..",
        "dev.konomi.guide..",
        "dev.konomi.token..",
        "dev.konomi.release..",
        "dev.konomi.retrain.."
    };

    @ArchTest
    static final ArchRule servingNeverImportsTraining = noClasses()
            .that()
            .resideInAnyPackage(SERVING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.konomi.train..", "dev.konomi.gallery..", "dev.konomi.cli..");

    @ArchTest
    static final ArchRule libtorchStaysInTheTrainer = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.konomi.train.network..",
                    "dev.konomi.train.stage..",
                    "dev.konomi.train.export..",
                    "dev.konomi.train.atelier..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule onnxRuntimeStaysBehindItemAndTaste = noClasses()
            .that()
            .resideOutsideOfPackages("dev.konomi.item..", "dev.konomi.taste..", "dev.konomi.train.export..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule onlyTheEncodersTrainingAndTheCommandsSeeTheGallery = noClasses()
            .that()
            .resideOutsideOfPackages("dev.konomi.gallery..", "dev.konomi.train.atelier..", "dev.konomi.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.konomi.gallery..");

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("dev.konomi.(*)..").should().beFreeOfCycles();
}
