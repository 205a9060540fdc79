package dev.slipway.foundation.error;

/** The exit statuses of every command, and the one place that maps errors to them. */
public enum ExitStatus {
    DONE(0),
    BUILD_FAILED(1),
    INVALID_INPUT(2),
    NOT_ALLOWED(3),
    SERVICE_FAILED(4),
    MACHINE_LACKS(5),
    TIMED_OUT(124),
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static ExitStatus of(SlipwayException error) {
        return switch (error) {
            case BuildFailedException _ -> BUILD_FAILED;
            case InvalidInputException _ -> INVALID_INPUT;
            case NotAllowedException _ -> NOT_ALLOWED;
            case ServiceException _ -> SERVICE_FAILED;
            case MachineException _ -> MACHINE_LACKS;
            case TimedOutException _ -> TIMED_OUT;
            case CancelledException _ -> INTERRUPTED;
        };
    }
}
