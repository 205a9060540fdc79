package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Expose;
import dev.slipway.dockerfile.value.ExposedPorts;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.Locale;

/** The ports of EXPOSE. */
final class ExposeRules {
    private final Findings findings;
    private final Words words;

    ExposeRules(Findings findings, Words words) {
        this.findings = findings;
        this.words = words;
    }

    void check(Expose expose) {
        for (String raw : expose.ports()) {
            words.split(raw).ifPresent(expansion -> expansion.words().forEach(port -> check(expose, raw, port)));
        }
    }

    private void check(Expose expose, String raw, String port) {
        if (!isPort(port)) {
            return;
        }
        Span span = findings.source().word(expose, raw);
        int slash = port.indexOf('/');
        String protocol = port.substring(slash < 0 ? port.length() : slash);
        if (!protocol.equals(protocol.toLowerCase(Locale.ROOT))) {
            findings.add(Rule.EXPOSE_PROTO_CASING, expose, span, port);
        }
        if (port.indexOf(':') > 0) {
            findings.add(Rule.EXPOSE_INVALID_FORMAT, expose, span, port);
        }
    }

    /** What is no port is a fault, and told elsewhere. */
    private static boolean isPort(String port) {
        try {
            ExposedPorts.parse(port);
            return true;
        } catch (InvalidInputException _) {
            return false;
        }
    }
}
