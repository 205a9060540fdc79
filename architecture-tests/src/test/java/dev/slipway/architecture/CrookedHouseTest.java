package dev.slipway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule finds what is wrong with a house that breaks it, and nothing else: a rule that cannot fail guards nothing. */
class CrookedHouseTest {
    private static final HouseRules RULES = new HouseRules("crooked.house");
    private static final JavaClasses CROOKED = new ClassFileImporter().importPackages("crooked.house");

    @Test
    void anArrowThatIsNotDrawnIsFound() {
        List<String> faults = faults(RULES.arrows(ModuleArrows.ofTheHouse()));

        assertThat(faults).anyMatch(fault -> fault.contains("image.Upward.plan") && fault.contains("engine.Plan"));
        assertThat(faults).anyMatch(fault -> fault.contains("aws.Login") && fault.contains("engine.Plan"));
        assertThat(faults).noneMatch(fault -> fault.contains("of type <crooked.house.engine.SecretSource>"));
        assertThat(faults).allMatch(fault -> fault.contains("image.Upward") || fault.contains("aws.Login"));
    }

    @Test
    void aCycleIsFound() {
        assertThat(faults(RULES.noCycles())).anyMatch(fault -> fault.contains("Cycle detected"));
    }

    @Test
    void aDomainWordInFoundationIsFound() {
        assertThat(faults(RULES.foundationSpeaksOfNoDomain()))
                .hasSize(1)
                .allMatch(fault -> fault.contains("foundation.RegistryErrors"));
    }

    @Test
    void anEndOfTheProcessIsFound() {
        assertThat(faults(RULES.onlyTheEntryPointEndsTheProcess()))
                .hasSize(1)
                .allMatch(fault -> fault.contains("engine.Plan.giveUp"));
    }

    @Test
    void aReadOfTheEnvironmentIsFound() {
        assertThat(faults(RULES.onlyTheEntryPointReadsTheEnvironment()))
                .hasSize(2)
                .anyMatch(fault -> fault.contains("engine.Plan.home"))
                .anyMatch(fault -> fault.contains("cli.Wiring.path"));
    }

    @Test
    void aLookAtTheClockIsFound() {
        assertThat(faults(RULES.theClockIsHandedIn()))
                .hasSize(4)
                .allMatch(fault -> fault.contains("engine.Plan.times"));
    }

    @Test
    void aProcessFromElsewhereIsFound() {
        assertThat(faults(RULES.onlyTheSandboxStartsProcesses()))
                .isNotEmpty()
                .allMatch(fault -> fault.contains("engine.Plan.start"));
    }

    @Test
    void javaUtilLoggingIsFound() {
        assertThat(faults(RULES.noJavaUtilLogging())).anyMatch(fault -> fault.contains("engine.Plan"));
    }

    @Test
    void emptyNamesAreFound() {
        assertThat(faults(RULES.noEmptyNames())).hasSize(1).allMatch(fault -> fault.contains("StringHelper"));
        assertThat(faults(RULES.noEmptyPackageNames())).isNotEmpty().allMatch(fault -> fault.contains("house.util"));
    }

    @Test
    void aSecretInAStringIsFound() {
        assertThat(faults(RULES.secretsAreNotStrings()))
                .hasSize(1)
                .allMatch(fault -> fault.contains("Login.secretKey"));
    }

    private static List<String> faults(ArchRule rule) {
        return rule.evaluate(CROOKED).getFailureReport().getDetails();
    }
}
