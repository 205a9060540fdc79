package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.HttpSource;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.http.ExchangeException;
import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.retry.Advice;
import dev.slipway.image.store.SpoolFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Downloads files. As BuildKit's, a download has mode 0600 and the time that the server says it was modified, else 1970;
 * what a server compresses for the transfer only is uncompressed.
 */
final class HttpFetcher {
    private static final int BUFFER = 64 * 1024;
    private static final long PROGRESS_STEP = 1024 * 1024;

    private final RemoteAccess access;
    private final EventSink events;

    HttpFetcher(RemoteAccess access, EventSink events) {
        this.access = access;
        this.events = events;
    }

    /**
     * Downloads.
     *
     * @param directory empty, and nobody else's; gets one file of the source's name
     * @param task under which progress is told
     * @return the file's digest
     * @throws SlipwayException naming the address and what went wrong
     */
    FileDigest fetch(HttpSource source, Path directory, String task) {
        Path file = directory.resolve(source.fileName());
        try {
            return access.retry().call(() -> download(source, file, task), HttpFetcher::advice);
        } catch (IOException e) {
            throw explained(source, e);
        }
    }

    private FileDigest download(HttpSource source, Path file, String task) throws IOException {
        HttpCall call = HttpCall.of("GET", source.address()).header("Accept-Encoding", "gzip");
        if (source.userInfo().isPresent()) {
            String plain = source.userInfo().get().reveal();
            String pair = plain.contains(":") ? plain : plain + ":";
            call = call.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        try (HttpAnswer answer = access.http().send(call)) {
            if (answer.status() < 200 || answer.status() > 299) {
                throw new RefusedDownloadException(answer);
            }
            boolean compressed = answer.header("Content-Encoding")
                    .filter(encoding -> encoding.strip().equalsIgnoreCase("gzip"))
                    .isPresent();
            long total = compressed
                    ? -1
                    : answer.header("Content-Length").map(HttpFetcher::length).orElse(-1L);
            FileDigest digest;
            try (InputStream body = compressed ? new GZIPInputStream(answer.body(), BUFFER) : answer.body()) {
                digest = write(body, file, total, task);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Instant modified =
                    answer.header("Last-Modified").flatMap(HttpTime::parse).orElse(Instant.EPOCH);
            Files.setLastModifiedTime(file, FileTime.from(modified));
            return digest;
        }
    }

    /** An earlier attempt's beginning is overwritten. */
    private FileDigest write(InputStream body, Path file, long total, String task) throws IOException {
        FileDigest.Builder digest = new FileDigest.Builder();
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        long told = 0;
        try (OutputStream out = SpoolFile.create(file, total)) {
            for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
                out.write(buffer, 0, got);
                digest.add(buffer, got);
                done += got;
                if (done - told >= PROGRESS_STEP) {
                    told = done;
                    events.accept(new Event.TaskProgress(task, done, total));
                }
            }
        }
        if (total >= 0 && done != total) {
            throw new IOException("the answer broke off after " + done + " of " + total + " bytes");
        }
        return digest.build(done);
    }

    private static long length(String text) {
        return text.length() <= 18 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(text)
                : -1;
    }

    private static Advice advice(IOException failure) {
        return switch (failure) {
            case RefusedDownloadException refused ->
                refused.isPassing() ? Advice.againAfter(refused.retryAfter()) : Advice.GIVE_UP;
            case ExchangeException broken ->
                switch (broken.kind()) {
                    case NOT_CONNECTED, PROXY, CLOSED, STALLED, OTHER -> Advice.AGAIN;
                    case UNKNOWN_HOST, TLS, REDIRECT -> Advice.GIVE_UP;
                };
            default -> Advice.AGAIN;
        };
    }

    private static SlipwayException explained(HttpSource source, IOException failure) {
        Problem problem = Problem.of(
                "cannot fetch " + source.display(),
                Optional.ofNullable(failure.getMessage()).orElse(failure.toString()));
        if (failure instanceof RefusedDownloadException refused) {
            if (refused.isRefusal()) {
                return new NotAllowedException(problem, failure);
            }
            if (!refused.isPassing()) {
                return new BuildFailedException(problem);
            }
        }
        return new ServiceException(problem, failure);
    }
}
