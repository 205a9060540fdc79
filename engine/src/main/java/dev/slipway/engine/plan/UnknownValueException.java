package dev.slipway.engine.plan;

/**
 * Says that a value depends on what is not known yet: a base image that has not been asked for, or another value that is
 * faulty itself. Never leaves this package.
 */
final class UnknownValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownValueException(String name) {
        super(name, null, false, false);
    }
}
