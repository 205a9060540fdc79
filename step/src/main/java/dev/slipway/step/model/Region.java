package dev.slipway.step.model;

import dev.slipway.aws.region.Partition;
import java.util.Locale;

/** An AWS region of any partition, e.g. {@code cn-north-1}. */
public record Region(String name) {
    public Region {
        if (Partition.ofRegion(name).isEmpty()) {
            throw new IllegalArgumentException("an AWS region is spelled like eu-west-1" + hint(name));
        }
    }

    public Partition partition() {
        return Partition.ofRegion(name).orElseThrow();
    }

    private static String hint(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (!lower.equals(name) && Partition.ofRegion(lower).isPresent()) {
            return "; this one is " + lower;
        }
        boolean zone = !lower.isEmpty()
                && Character.isLetter(lower.charAt(lower.length() - 1))
                && Partition.ofRegion(lower.substring(0, lower.length() - 1)).isPresent();
        return zone ? "; this is an availability zone of " + lower.substring(0, lower.length() - 1) : "";
    }

    @Override
    public String toString() {
        return name;
    }
}
