package dev.slipway.image.layer.tar;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The records {@code "<length> <key>=<value>\n"} of a PAX header. An empty value takes a record back; the last of equal
 * keys counts, except for the repeated keys of GNU's sparse format 0.0.
 */
final class PaxRecords {
    static final String XATTR = "SCHILY.xattr.";
    static final PaxRecords NONE = new PaxRecords();

    private static final ByteString XATTR_PREFIX = ByteString.of(XATTR);
    private static final String SPARSE_OFFSET = "GNU.sparse.offset";
    private static final String SPARSE_LENGTH = "GNU.sparse.numbytes";
    private static final int LONGEST_LENGTH = 8;

    private final Map<String, ByteString> values = new HashMap<>();
    private final SortedMap<ByteString, ByteString> xattrs = new TreeMap<>();
    private final List<Long> sparseNumbers = new ArrayList<>();

    private PaxRecords() {}

    static PaxRecords parse(ByteString header) throws TarException {
        PaxRecords records = new PaxRecords();
        int at = 0;
        while (at < header.length()) {
            int blank = header.indexOf(' ', at);
            if (blank < 0 || blank - at > LONGEST_LENGTH) {
                throw new TarException("broken PAX header: no record length");
            }
            long length = decimal(header.slice(at, blank));
            long end = at + length;
            if (length < 5 || end > header.length() || header.at((int) end - 1) != '\n') {
                throw new TarException("broken PAX header: a record of length " + length);
            }
            records.add(header.slice(blank + 1, Math.max(blank + 1, (int) end - 1)));
            at = (int) end;
        }
        return records;
    }

    private void add(ByteString record) throws TarException {
        int equals = record.indexOf('=', 0);
        if (equals <= 0) {
            throw new TarException("broken PAX header: a record without a key");
        }
        ByteString key = record.slice(0, equals);
        ByteString value = record.slice(equals + 1);
        if (key.startsWith(XATTR_PREFIX)) {
            addXattr(key.slice(XATTR_PREFIX.length()), value);
            return;
        }
        String name = key.toString();
        if (name.equals(SPARSE_OFFSET) || name.equals(SPARSE_LENGTH)) {
            boolean offset = sparseNumbers.size() % 2 == 0;
            if (offset != name.equals(SPARSE_OFFSET)) {
                throw new TarException("broken PAX header: sparse offsets and lengths do not alternate");
            }
            sparseNumbers.add(decimal(value));
        } else if (value.isEmpty()) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
    }

    private void addXattr(ByteString name, ByteString value) throws TarException {
        if (name.isEmpty() || name.indexOf(0, 0) >= 0) {
            throw new TarException("broken PAX header: an attribute without a proper name");
        }
        xattrs.put(name, value);
    }

    SortedMap<ByteString, ByteString> xattrs() {
        return xattrs;
    }

    Optional<ByteString> text(String key) throws TarException {
        ByteString value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.indexOf(0, 0) >= 0) {
            throw new TarException("a zero byte in the PAX record " + key);
        }
        return Optional.of(value);
    }

    long number(String key, long otherwise) throws TarException {
        ByteString value = values.get(key);
        return value == null ? otherwise : decimal(value);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** {@code mtime}: decimal seconds with a fraction, maybe negative. */
    FileTime modified(long otherwise) throws TarException {
        ByteString value = values.get("mtime");
        if (value == null) {
            return FileTime.ofSeconds(otherwise);
        }
        String text = value.toString();
        if (!text.matches("-?[0-9]{1,18}(\\.[0-9]*)?")) {
            throw new TarException("not a time: " + text);
        }
        int dot = text.indexOf('.');
        long seconds = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
        int nanos = dot < 0 ? 0 : nanos(text.substring(dot + 1));
        if (text.startsWith("-") && nanos > 0) {
            return new FileTime(seconds - 1, 1_000_000_000 - nanos);
        }
        return new FileTime(seconds, nanos);
    }

    private static int nanos(String fraction) {
        return Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    /** The sparse map of formats 0.0 and 0.1: offset, length, offset, length, … */
    List<Long> sparseNumbers() throws TarException {
        ByteString map = values.get("GNU.sparse.map");
        if (map == null) {
            return List.copyOf(sparseNumbers);
        }
        List<Long> numbers = new ArrayList<>();
        int from = 0;
        while (from <= map.length()) {
            int comma = map.indexOf(',', from);
            int end = comma < 0 ? map.length() : comma;
            numbers.add(decimal(map.slice(from, end)));
            from = end + 1;
        }
        return numbers;
    }

    static long decimal(ByteString digits) throws TarException {
        if (digits.isEmpty() || digits.length() > 18) {
            throw new TarException("not a number: " + digits);
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.at(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new TarException("not a number: " + digits);
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
