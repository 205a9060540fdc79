package dev.slipway.localecr.model;

/** A request that ECR refuses; it becomes an answer at the edge and never leaves the stand-in. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Refusal(Reason reason, String text) {
        super(text, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The text that the client reads. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
