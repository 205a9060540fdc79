package dev.slipway.registry.error;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.http.ExchangeException;
import dev.slipway.registry.RegistryTarget;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what went wrong in a call into what a user reads: the cause as the registry gave it, and a remedy. Pure. */
public final class RegistryErrors {
    private static final Pattern MISSING_PERMISSION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:\\w+)");

    private final Subject subject;
    private final String what;
    private final RegistryTarget target;
    private final Optional<EcrHost> ecr;

    private RegistryErrors(Subject subject, String what, RegistryTarget target) {
        this.subject = requireNonNull(subject, "subject is null");
        this.what = requireNonNull(what, "what is null");
        this.target = requireNonNull(target, "target is null");
        this.ecr = EcrHost.of(target.registry());
    }

    /** @param what what was tried, e.g. {@code push blob sha256:ab…} */
    public static SlipwayException explain(Subject subject, String what, RegistryTarget target, IOException failure) {
        RegistryErrors errors = new RegistryErrors(subject, what, target);
        return switch (failure) {
            case RefusedAnswerException refused -> errors.ofAnswer(refused);
            case ExchangeException broken -> errors.ofExchange(broken);
            default -> new ServiceException(errors.problem(reason(failure), ""), failure);
        };
    }

    private SlipwayException ofExchange(ExchangeException broken) {
        if (broken.kind() == ExchangeException.Kind.CLOSED && subject == Subject.UPLOAD_START && ecr.isPresent()) {
            return new ServiceException(
                    problem(
                            reason(broken) + "; Amazon ECR does so where the repository does not exist, or the identity"
                                    + " may not upload to it",
                            "create it with `" + ecr.get().createRepository(target.repository())
                                    + "`, or allow ecr:InitiateLayerUpload"),
                    broken);
        }
        String remedy = switch (broken.kind()) {
            case UNKNOWN_HOST -> "check the registry's name, the name service and the proxy settings";
            case NOT_CONNECTED ->
                "check that the registry runs and that a firewall or proxy lets this machine reach it";
            case PROXY -> "check the proxy's address, and the user and password in it";
            case TLS -> "if the registry's certificate comes from an authority of your own, make it known";
            case STALLED -> "check the network between this machine and the registry";
            case CLOSED, REDIRECT, OTHER -> "";
        };
        return new ServiceException(problem(reason(broken), remedy), broken);
    }

    private SlipwayException ofAnswer(RefusedAnswerException refused) {
        return switch (refused.status()) {
            case 401 -> unauthorized(refused);
            case 403 -> forbidden(refused);
            case 404 -> failed(refused, notFound(refused));
            case 400 -> failed(refused, badRequest(refused));
            case 405 -> failed(refused, notTaken(refused));
            case 407 -> failed(refused, "the proxy wants a user and password: give them in the proxy's address");
            case 413 -> failed(refused, "the registry, or a proxy before it, limits the size of a request");
            case 429 -> failed(refused, tooMany());
            default -> failed(refused, "");
        };
    }

    private SlipwayException unauthorized(RefusedAnswerException refused) {
        String remedy = refused.signedIn()
                ? "check user name and password for " + target.registry()
                : "sign in to " + target.registry() + (target.mirrored() ? " (" + target.endpointHost() + ")" : "")
                        + (subject.writes() ? "" : ", or check the name: registries hide what they do not show to all");
        return new NotAllowedException(problem(reason(refused), remedy), refused);
    }

    private SlipwayException forbidden(RefusedAnswerException refused) {
        return new NotAllowedException(problem(reason(refused), remedyOfForbidden(refused)), refused);
    }

    private String remedyOfForbidden(RefusedAnswerException refused) {
        if (refused.text().says("expired")) {
            return "sign in anew: no newer credential was to be had";
        }
        Matcher permission = MISSING_PERMISSION.matcher(refused.text().message());
        if (permission.find()) {
            return "allow " + permission.group(1)
                    + " on the repository to that identity, and check the repository's policy";
        }
        if (subject == Subject.MANIFEST_PUT && ecr.isPresent()) {
            return "check that the identity may ecr:PutImage, and that the repository has not reached its quota of images";
        }
        return "check that the credential allows to " + (subject.writes() ? "write to" : "read") + " this repository";
    }

    private String notFound(RefusedAnswerException refused) {
        boolean noRepository = refused.text().has("NAME_UNKNOWN");
        if (noRepository && ecr.isPresent()) {
            return "create it with `" + ecr.get().createRepository(target.repository()) + "`, or check the name";
        }
        if (noRepository) {
            return "check the repository's name; some registries want it to be created before the first push";
        }
        return subject == Subject.MANIFEST_GET ? "check the image's name and tag" : "";
    }

    private static String badRequest(RefusedAnswerException refused) {
        boolean fixed = refused.text().has("TAG_INVALID")
                || refused.text().says("immutable")
                || refused.text().has("TAG_IMMUTABLE");
        return fixed && (refused.text().says("already exists") || refused.text().says("immutable"))
                ? "choose a tag that is not taken, or let the repository's tags be changed"
                : "";
    }

    private static String notTaken(RefusedAnswerException refused) {
        return refused.text().says("number of layers")
                ? "build with fewer layers: Amazon ECR takes 500 an image"
                : "the registry does not take this kind of manifest or artifact";
    }

    private String tooMany() {
        return target.registry().equals("docker.io") && !subject.writes()
                ? "sign in to docker.io, or name a mirror for it"
                : "the registry limits requests: try again later, or with fewer builds at once";
    }

    private SlipwayException failed(RefusedAnswerException refused, String remedy) {
        return new ServiceException(problem(reason(refused), remedy), refused);
    }

    private Problem problem(String why, String remedy) {
        String where = target.mirrored() ? target.name() + " (at " + target.endpointHost() + ")" : target.name();
        return new Problem(where, what, why, remedy);
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    /** What kind of call it was. */
    public enum Subject {
        MANIFEST_GET(false),
        MANIFEST_PUT(true),
        BLOB_GET(false),
        UPLOAD_START(true),
        UPLOAD_DATA(true);

        private final boolean writes;

        Subject(boolean writes) {
            this.writes = writes;
        }

        boolean writes() {
            return writes;
        }
    }
}
