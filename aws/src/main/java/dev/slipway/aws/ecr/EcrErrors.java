package dev.slipway.aws.ecr;

import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.error.SlipwayException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an error of ECR's API means.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html">ECR API, common errors</a>
 */
final class EcrErrors {
    private static final Set<String> WRONG_KEY = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationTokenException");
    private static final Set<String> ENDED = Set.of("ExpiredTokenException", "ExpiredToken", "RequestExpired");
    private static final Set<String> DENIED =
            Set.of("AccessDeniedException", "AccessDenied", "NotAuthorized", "OptInRequired", "UnauthorizedOperation");

    private EcrErrors() {}

    /**
     * Makes one of our errors of the SDK's.
     *
     * @param what what was tried, e.g. {@code get a token}
     * @param action the permission that it needs, e.g. {@code ecr:GetAuthorizationToken}
     */
    static SlipwayException of(SdkException error, EcrHost host, String what, String action) {
        Problem problem = Problem.of(what).at("ECR in " + host.region());
        if (error instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            return new CancelledException(problem.because("interrupted"), error);
        }
        if (error instanceof AwsServiceException refused) {
            return refused(refused, problem, action);
        }
        return new ServiceException(problem.because(reason(error)), error);
    }

    private static SlipwayException refused(AwsServiceException refused, Problem problem, String action) {
        @Nullable AwsErrorDetails details = refused.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String message = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        Problem why = problem.because(text(code, message, refused.statusCode()));
        if (WRONG_KEY.contains(code)) {
            boolean clock = message.toLowerCase(Locale.ROOT).contains("signature expired")
                    || message.toLowerCase(Locale.ROOT).contains("signature not yet current");
            return new NotAllowedException(
                    why.remedy(
                            clock
                                    ? "set the clock of this machine"
                                    : "check access key and secret key of the connector"),
                    refused);
        }
        if (ENDED.contains(code)) {
            return new NotAllowedException(
                    why.remedy("the session has ended: give a new access key and token"), refused);
        }
        if (DENIED.contains(code)) {
            return new NotAllowedException(why.remedy("allow the connector's identity " + action), refused);
        }
        return new ServiceException(refused.isThrottlingException() ? why.remedy("try again later") : why, refused);
    }

    private static String text(String code, String message, int status) {
        if (code.isEmpty() && message.isEmpty()) {
            return "status " + status;
        }
        return message.isEmpty() || code.isEmpty() ? code + message : code + ": " + message;
    }

    /** The transport's own words where it failed: the SDK wraps them in its own. */
    private static String reason(SdkException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return String.valueOf(error.getMessage());
    }
}
