package dev.slipway.step.yaml;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the faults of a document, so that all are told at once. Confined to one thread. */
public final class Faults {
    private static final Comparator<Fault> BY_PLACE = Comparator.comparing((Fault fault) -> fault.place.file())
            .thenComparingInt(fault -> fault.place.line())
            .thenComparingInt(fault -> fault.place.column());

    private final List<Fault> faults = new ArrayList<>();

    private record Fault(Place place, Problem problem) {}

    public void add(Place place, String what, String why, String remedy) {
        faults.add(new Fault(place, new Problem(place.toString(), what, why, remedy)));
    }

    public void add(Place place, String what, String why) {
        add(place, what, why, "");
    }

    /** Says that something is understood, and that a run without it would do something else. */
    public void notSupportedYet(Place place, String what, String why) {
        add(place, what, "not supported yet: " + why);
    }

    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** Every fault, in the order of the file. */
    public List<Problem> problems() {
        return faults.stream().sorted(BY_PLACE).map(Fault::problem).toList();
    }

    /** @throws InvalidInputException with every fault, if there is one */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidInputException(problems());
        }
    }
}
