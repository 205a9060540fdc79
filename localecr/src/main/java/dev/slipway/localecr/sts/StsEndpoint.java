package dev.slipway.localecr.sts;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.http.Endpoint;
import dev.slipway.localecr.key.SessionCredentials;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Refusal;
import dev.slipway.localecr.sigv4.Caller;
import dev.slipway.localecr.sigv4.Callers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GetCallerIdentity}, {@code AssumeRole} and {@code AssumeRoleWithWebIdentity}. Every role may be assumed.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS, AssumeRole</a>
 */
public final class StsEndpoint implements Endpoint {
    private static final Pattern ROLE = Pattern.compile("arn:(aws[a-z-]*):iam::([0-9]{12}):role/(?:.*/)?([^/]+)");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final int MAX_BODY = 1 << 20;
    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;

    private final Callers callers;
    private final SessionCredentials sessions;

    public StsEndpoint(Callers callers, SessionCredentials sessions) {
        this.callers = callers;
        this.sessions = sessions;
    }

    @Override
    public Answer handle(Call call) throws IOException {
        String requestId = UUID.randomUUID().toString();
        byte[] body = call.bodyUpTo(MAX_BODY);
        Map<String, String> form = Call.form(new String(body, StandardCharsets.UTF_8));
        try {
            String result = switch (form.getOrDefault("Action", "")) {
                case "GetCallerIdentity" -> callerIdentity(callers.identify(call, body, "sts"));
                case "AssumeRole" -> {
                    callers.identify(call, body, "sts");
                    yield assumeRole(form);
                }
                case "AssumeRoleWithWebIdentity" -> assumeRoleWithWebIdentity(form);
                default ->
                    throw Reason.NO_SUCH_OPERATION.refuse(
                            "Could not find operation " + form.getOrDefault("Action", "") + " for version 2011-06-15");
            };
            return xml(200, result, form.getOrDefault("Action", ""), requestId);
        } catch (Refusal refusal) {
            return error(refusal, requestId);
        }
    }

    private static String callerIdentity(Caller caller) {
        return element("Arn", caller.arn())
                + element("UserId", caller.accessKeyId())
                + element("Account", caller.home().account());
    }

    /** Unsigned: the token is the proof; here any will do. */
    private String assumeRoleWithWebIdentity(Map<String, String> form) {
        if (form.getOrDefault("WebIdentityToken", "").isEmpty()) {
            throw Reason.PARAMETER.refuse("1 validation error detected: webIdentityToken must not be null");
        }
        return assumeRole(form);
    }

    private String assumeRole(Map<String, String> form) {
        Matcher role = ROLE.matcher(form.getOrDefault("RoleArn", ""));
        String session = form.getOrDefault("RoleSessionName", "");
        int seconds = seconds(form.getOrDefault("DurationSeconds", "3600"));
        if (!role.matches() || !SESSION_NAME.matcher(session).matches() || seconds < SHORTEST || seconds > LONGEST) {
            throw Reason.PARAMETER.refuse(
                    "1 validation error detected: roleArn, roleSessionName or durationSeconds is not valid");
        }
        String arn =
                "arn:" + role.group(1) + ":sts::" + role.group(2) + ":assumed-role/" + role.group(3) + "/" + session;
        SessionCredentials.Issued issued = sessions.issue(role.group(2), arn, Duration.ofSeconds(seconds));
        String credentials = element("AccessKeyId", issued.accessKeyId())
                + element("SecretAccessKey", issued.secret().reveal())
                + element("SessionToken", issued.sessionToken().reveal())
                + element("Expiration", issued.session().expiresAt().toString());
        String user = element("AssumedRoleId", "AROA" + issued.accessKeyId().substring(4) + ":" + session)
                + element("Arn", arn);
        return "<Credentials>" + credentials + "</Credentials><AssumedRoleUser>" + user + "</AssumedRoleUser>";
    }

    private static int seconds(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Answer xml(int status, String result, String action, String requestId) {
        String xml =
                "<" + action + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + action + "Result>"
                        + result + "</" + action + "Result><ResponseMetadata>" + element("RequestId", requestId)
                        + "</ResponseMetadata></" + action + "Response>";
        return Answer.of(status).body("text/xml", xml).header("x-amzn-RequestId", requestId);
    }

    /** The Query protocol has names of its own for what the JSON services call by exceptions. */
    private static Answer error(Refusal refusal, String requestId) {
        String code = switch (refusal.reason()) {
            case NOT_SIGNED -> "MissingAuthenticationToken";
            case CALLER_UNKNOWN -> "InvalidClientTokenId";
            case SIGNATURE_DIFFERS -> "SignatureDoesNotMatch";
            case SIGNATURE_INCOMPLETE -> "IncompleteSignature";
            case NO_SUCH_OPERATION -> "InvalidAction";
            case PARAMETER -> "ValidationError";
            default -> refusal.reason().apiType().replaceFirst("Exception$", "");
        };
        boolean sender = refusal.reason() == Reason.PARAMETER || refusal.reason() == Reason.NO_SUCH_OPERATION;
        String xml = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                + element("Code", code) + element("Message", refusal.text()) + "</Error>"
                + element("RequestId", requestId) + "</ErrorResponse>";
        return Answer.of(sender ? 400 : 403).body("text/xml", xml).header("x-amzn-RequestId", requestId);
    }

    private static String element(String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }
}
