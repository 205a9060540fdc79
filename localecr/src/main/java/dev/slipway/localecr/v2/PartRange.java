package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Texts;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Content-Range} of a part: first and last byte, without the word bytes. */
final class PartRange {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private PartRange() {}

    /** @throws dev.slipway.localecr.model.Refusal if the header is malformed or belies the length of the body */
    static OptionalLong firstByte(Call call) {
        Optional<String> header = call.header("Content-Range");
        if (header.isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher range = FORM.matcher(header.get());
        if (!range.matches()) {
            throw refuse("partFirstByte", "Content-Range is " + header.get());
        }
        long first = Long.parseLong(range.group(1));
        long length = Long.parseLong(range.group(2)) - first + 1;
        Optional<String> sent = call.header("Content-Length");
        if (sent.isPresent() && !sent.get().equals(Long.toString(length))) {
            throw refuse("partLastByte", "Content-Range has " + length + " bytes and the body " + sent.get());
        }
        return OptionalLong.of(first);
    }

    private static RuntimeException refuse(String member, String why) {
        return Reason.PART_OUT_OF_ORDER.refuse(Texts.parameter(member, why));
    }
}
