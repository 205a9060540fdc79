package dev.slipway.localecr.http;

import java.time.Duration;
import java.time.Instant;

/**
 * One request that is about to be answered. Holds neither headers nor bodies, so that it can be shown.
 *
 * @param at when the request came
 * @param method e.g. {@code PATCH}
 * @param target path and query; the values of a signed query are left out
 * @param operation the API's operation; empty outside of the API
 * @param status of the answer; 0 where the connection was dropped
 * @param receivedBytes bytes of the request's body that were read
 * @param took until the answer was ready to be sent
 */
public record Access(
        Instant at, String method, String target, String operation, int status, long receivedBytes, Duration took) {

    static Access of(Instant at, Call call, int status, long receivedBytes, Duration took) {
        String operation = call.header("X-Amz-Target").orElse("").replaceFirst("^.*\\.", "");
        String target = call.target().toString().replaceAll("(X-Amz-[A-Za-z-]+)=[^&]*", "$1=…");
        return new Access(at, call.method(), target, operation, status, receivedBytes, took);
    }

    /** A line for people. */
    @Override
    public String toString() {
        return at + " " + method + " " + target + (operation.isEmpty() ? "" : " " + operation) + " "
                + (status == 0 ? "dropped" : status) + " " + took.toMillis() + " ms";
    }
}
