package dev.slipway.architecture;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules, for any root package, so that each can be shown to fail on a crooked house. */
record HouseRules(String root) {
    private static final Pattern EMPTY_NAMES = Pattern.compile(".*(Util|Utils|Helper|Helpers|Manager)");
    private static final Pattern DOMAIN_WORDS =
            Pattern.compile(".*(Docker|Image|Layer|Manifest|Registry|Repository|Ecr|Aws|Kaniko|Harness|Pipeline).*");
    private static final Set<String> SECRET_NAMES =
            Set.of("password", "secret", "token", "secretkey", "secretaccesskey", "sessiontoken");

    /** Packages that may start processes: RUN's runtime. */
    private static final String[] PROCESS_STARTERS = {"engine.sandbox"};

    ArchRule arrows(ModuleArrows arrows) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(importOnlyWhatIsDrawn(arrows))
                .as("a module imports only what the house draws");
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().as("packages have no cycles");
    }

    ArchRule foundationSpeaksOfNoDomain() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".foundation..")
                .should()
                .haveNameMatching("(?:.*\\.)?[^.]*(?:" + DOMAIN_WORDS.pattern() + ")")
                .as("foundation knows no word of the domain");
    }

    ArchRule onlyTheEntryPointEndsTheProcess() {
        return outside(root + ".cli.Main")
                .should()
                .callMethodWhere(is("ending the process", access -> {
                    String owner = access.getTarget().getOwner().getName();
                    String name = access.getName();
                    return (owner.equals("java.lang.System") && name.equals("exit"))
                            || (owner.equals("java.lang.Runtime") && (name.equals("exit") || name.equals("halt")));
                }))
                .as("only the entry point ends the process");
    }

    ArchRule onlyTheEntryPointReadsTheEnvironment() {
        return outside(root + ".cli.Main")
                .should()
                .callMethodWhere(is(
                        "System.getenv",
                        access -> access.getTarget().getOwner().isEquivalentTo(System.class)
                                && access.getName().equals("getenv")))
                .as("only the entry point reads the environment");
    }

    ArchRule theClockIsHandedIn() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".cli..")
                .should()
                .callCodeUnitWhere(is("reading the machine's clock", HouseRules::readsTheClock))
                .as("outside cli the clock is handed in");
    }

    ArchRule onlyTheSandboxStartsProcesses() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(prefixed(PROCESS_STARTERS))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(is(
                        "Runtime.exec",
                        access -> access.getTarget().getOwner().isEquivalentTo(Runtime.class)
                                && access.getName().equals("exec")))
                .as("processes are started in one place");
    }

    ArchRule noJavaUtilLogging() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .as("nothing uses java.util.logging");
    }

    ArchRule noEmptyNames() {
        return noClasses()
                .should()
                .haveNameMatching(EMPTY_NAMES.pattern())
                .as("a class is named for what it is, not Util, Helper or Manager");
    }

    ArchRule noEmptyPackageNames() {
        return noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..misc..", "..helper..", "..manager..")
                .as("a package is named for what it holds");
    }

    ArchRule secretsAreNotStrings() {
        return fields().that(are(secretsOfRecords()))
                .should()
                .notHaveRawType(String.class)
                .as("a record holds a password, secret or token as a Secret")
                .allowEmptyShould(true);
    }

    private GivenClassesConjunction outside(String className) {
        return noClasses()
                .that(is(
                        "outside " + className,
                        type -> !type.getName().equals(className)
                                && !type.getName().startsWith(className + "$")));
    }

    private String[] prefixed(String... packages) {
        return Arrays.stream(packages).map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    private ArchCondition<JavaClass> importOnlyWhatIsDrawn(ModuleArrows arrows) {
        return new ArchCondition<>("import only what is drawn") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String module = moduleOf(origin);
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target) && !arrows.allows(module, behindRoot(target), nameOf(target))) {
                        events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    private String behindRoot(JavaClass type) {
        return type.getPackageName().substring(root.length() + 1);
    }

    private static String nameOf(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }

    String moduleOf(JavaClass type) {
        String behind = behindRoot(type);
        int dot = behind.indexOf('.');
        return dot < 0 ? behind : behind.substring(0, dot);
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        String owner = target.getOwner().getName();
        String name = access.getName();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            case "java.time.InstantSource" -> name.equals("system");
            case "java.util.Date" -> name.equals("<init>") && parameters(target).isEmpty();
            default -> owner.startsWith("java.time.") && name.equals("now") && !takesAClock(target);
        };
    }

    private static boolean takesAClock(AccessTarget target) {
        return parameters(target).stream().anyMatch(type -> type.isAssignableTo(InstantSource.class));
    }

    private static List<JavaClass> parameters(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget unit ? unit.getRawParameterTypes() : List.of();
    }

    private static DescribedPredicate<JavaField> secretsOfRecords() {
        return is(
                "components of records that are named like secrets",
                field -> field.getOwner().isRecord()
                        && SECRET_NAMES.contains(field.getName().toLowerCase(Locale.ROOT)));
    }

    private static <T> DescribedPredicate<T> is(String description, Predicate<T> test) {
        return DescribedPredicate.describe(description, test);
    }
}
