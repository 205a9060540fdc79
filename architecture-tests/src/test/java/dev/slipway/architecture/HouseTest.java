package dev.slipway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The product's classes keep the rules of the house. */
class HouseTest {
    private static final HouseRules RULES = new HouseRules("dev.slipway");
    private static final ModuleArrows ARROWS = ModuleArrows.ofTheHouse();
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.slipway");

    @Test
    void everyModuleIsInTheTableAndOnTheClassPath() {
        Set<String> found = HOUSE.stream().map(RULES::moduleOf).collect(Collectors.toCollection(TreeSet::new));

        assertThat(ARROWS.allowed().keySet()).containsAll(found);
        assertThat(found).contains("foundation", "dockerfile", "image", "registry", "engine", "localecr");
        assertThat(HOUSE.stream().map(JavaClass::getPackageName)).doesNotContain("dev.slipway");
    }

    @Test
    void modulesImportOnlyWhatIsDrawn() {
        RULES.arrows(ARROWS).check(HOUSE);
    }

    @Test
    void packagesHaveNoCycles() {
        RULES.noCycles().check(HOUSE);
    }

    @Test
    void foundationSpeaksOfNoDomain() {
        RULES.foundationSpeaksOfNoDomain().check(HOUSE);
    }

    @Test
    void onlyTheEntryPointEndsTheProcess() {
        RULES.onlyTheEntryPointEndsTheProcess().check(HOUSE);
    }

    @Test
    void onlyTheEntryPointReadsTheEnvironment() {
        RULES.onlyTheEntryPointReadsTheEnvironment().check(HOUSE);
    }

    @Test
    void theClockIsHandedIn() {
        RULES.theClockIsHandedIn().check(HOUSE);
    }

    @Test
    void onlyTheSandboxStartsProcesses() {
        RULES.onlyTheSandboxStartsProcesses().check(HOUSE);
    }

    @Test
    void nothingUsesJavaUtilLogging() {
        RULES.noJavaUtilLogging().check(HOUSE);
    }

    @Test
    void classesAndPackagesAreNamedForWhatTheyAre() {
        RULES.noEmptyNames().check(HOUSE);
        RULES.noEmptyPackageNames().check(HOUSE);
    }

    @Test
    void secretsAreNotStrings() {
        RULES.secretsAreNotStrings().check(HOUSE);
    }
}
