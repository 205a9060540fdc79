package dev.slipway.foundation.linux;

import java.util.ArrayList;
import java.util.List;

/**
 * The users, or the groups, that a user namespace has.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/user_namespaces.7.html">user_namespaces(7), Defining user and group
 *     ID mappings</a>
 */
public record IdMap(List<Range> ranges) {
    private static final long ALL = 0xffff_ffffL;
    /** Of a machine without namespaces, and of the first one. */
    public static final IdMap IDENTITY = new IdMap(List.of(new Range(0, 0, ALL)));

    private static final int FIELDS = 3;

    public IdMap {
        ranges = List.copyOf(ranges);
    }

    /**
     * A run of ids.
     *
     * @param inside the first one, as the namespace has it
     * @param outside the first one, as the parent has it
     */
    public record Range(long inside, long outside, long count) {
        boolean contains(long id) {
            return id >= inside && id - inside < count;
        }
    }

    /**
     * Reads what {@code /proc/self/uid_map} says.
     *
     * @throws IllegalArgumentException if it is nothing of that kind
     */
    public static IdMap parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            String[] fields = line.split("\\s+");
            if (fields.length != FIELDS) {
                throw new IllegalArgumentException("not a line of an id map: " + line);
            }
            ranges.add(new Range(Long.parseLong(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2])));
        }
        return new IdMap(ranges);
    }

    /** Whether the namespace has it; ids are unsigned. */
    public boolean contains(int id) {
        long number = Integer.toUnsignedLong(id);
        return ranges.stream().anyMatch(range -> range.contains(number));
    }

    /** How many it has. */
    public long size() {
        return ranges.stream().mapToLong(Range::count).sum();
    }
}
