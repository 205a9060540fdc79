package dev.slipway.localecr.sigv4;

import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code Authorization} header of Signature Version 4.
 *
 * @param date {@code yyyyMMdd} of the credential scope
 * @param signedHeaders names in lower case, as listed
 * @param signature 64 hexadecimal digits
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">IAM user
 *     guide, create a signed request</a>
 */
record SignedHeader(
        String accessKeyId, String date, String region, String service, List<String> signedHeaders, String signature) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{16,128}");
    private static final Pattern DATE = Pattern.compile("[0-9]{8}");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    SignedHeader {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** @throws dev.slipway.localecr.model.Refusal if something is missing or malformed */
    static SignedHeader parse(String header) {
        if (!header.startsWith(ALGORITHM + " ")) {
            throw Reason.NOT_SIGNED.refuse("Missing Authentication Token");
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : header.substring(ALGORITHM.length()).split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        String[] scope = require(parts, "Credential").split("/");
        String signature = require(parts, "Signature");
        String headers = require(parts, "SignedHeaders");
        if (scope.length != 5
                || !ID.matcher(scope[0]).matches()
                || !DATE.matcher(scope[1]).matches()
                || !RegistryId.isRegion(scope[2])
                || !scope[4].equals("aws4_request")) {
            throw Reason.SIGNATURE_INCOMPLETE.refuse(
                    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term");
        }
        if (!SIGNATURE.matcher(signature).matches()) {
            throw Reason.SIGNATURE_INCOMPLETE.refuse("Authorization header requires a hexadecimal 'Signature'.");
        }
        return new SignedHeader(scope[0], scope[1], scope[2], scope[3], List.of(headers.split(";")), signature);
    }

    private static String require(Map<String, String> parts, String name) {
        String value = parts.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw Reason.SIGNATURE_INCOMPLETE.refuse("Authorization header requires '" + name + "' parameter.");
        }
        return value;
    }

    String scope() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }
}
