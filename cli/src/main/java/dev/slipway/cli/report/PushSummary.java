package dev.slipway.cli.report;

import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.PushReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a push says at its end: names, digest, and what had to be sent. */
public final class PushSummary {
    private PushSummary() {}

    /** One string a line. */
    public static List<String> of(List<ImageReference> names, PushReceipt receipt) {
        List<String> lines = new ArrayList<>();
        names.forEach(name -> lines.add("pushed " + name));
        lines.add("digest " + receipt.digest());
        lines.add(sent(receipt));
        return lines;
    }

    static String sent(PushReceipt receipt) {
        return String.format(
                Locale.ROOT,
                "sent %d %s (%s), %d already there",
                receipt.uploadedBlobs(),
                receipt.uploadedBlobs() == 1 ? "blob" : "blobs",
                Plain.size(receipt.uploadedBytes()),
                receipt.reusedBlobs());
    }
}
