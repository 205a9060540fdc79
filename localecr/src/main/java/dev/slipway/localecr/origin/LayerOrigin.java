package dev.slipway.localecr.origin;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.http.Endpoint;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.store.Blobs;
import dev.slipway.localecr.store.Repository;
import dev.slipway.localecr.store.Storage;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves layers as S3 does: whole or in part to whoever has a presigned address, and to nobody who also sends an
 * {@code Authorization} header.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">S3, GetObject</a>
 */
public final class LayerOrigin implements Endpoint {
    private static final Pattern PATH =
            Pattern.compile("/prod-([0-9a-z-]+)-starport-layer-bucket/([0-9]{12})/(.+)/([^/]+)");

    private final Storage storage;
    private final LayerAddresses addresses;

    public LayerOrigin(Storage storage, LayerAddresses addresses) {
        this.storage = storage;
        this.addresses = addresses;
    }

    @Override
    public Answer handle(Call call) throws IOException {
        if (call.header("Authorization").isPresent()) {
            return error(
                    400,
                    "InvalidArgument",
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query "
                            + "string parameter or the Authorization header should be specified");
        }
        if (!call.method().equals("GET")) {
            return forged();
        }
        return switch (addresses.check(call)) {
            case FORGED -> forged();
            case EXPIRED -> error(403, "AccessDenied", "Request has expired");
            case GOOD -> layer(call);
        };
    }

    private Answer layer(Call call) throws IOException {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches() || !RepositoryName.isName(path.group(3)) || !Digest.isDigest(path.group(4))) {
            return missing();
        }
        RegistryId registry = new RegistryId(path.group(2), path.group(1));
        Digest digest = Digest.parse(path.group(4));
        Optional<Repository> repository = storage.repositories(registry).find(new RepositoryName(path.group(3)));
        if (repository.isEmpty()) {
            return missing();
        }
        Blobs blobs = repository.get().blobs();
        OptionalLong size = blobs.size(digest);
        return size.isPresent() ? content(call, blobs, digest, size.getAsLong()) : missing();
    }

    private static Answer content(Call call, Blobs blobs, Digest digest, long size) {
        ByteRange range = ByteRange.of(call.header("Range").orElse(""), size);
        if (range.isUnsatisfiable()) {
            return error(416, "InvalidRange", "The requested range is not satisfiable")
                    .header("Content-Range", "bytes */" + size);
        }
        Answer answer = Answer.of(range.isWhole() ? 200 : 206)
                .header("Accept-Ranges", "bytes")
                .header("ETag", "\"" + digest.hex() + "\"")
                .body(
                        "application/octet-stream",
                        new Answer.FilePart(blobs.path(digest), range.first(), range.length()));
        return range.isWhole() ? answer : answer.header("Content-Range", range.contentRange());
    }

    private static Answer missing() {
        return error(404, "NoSuchKey", "The specified key does not exist.");
    }

    private static Answer forged() {
        return error(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and "
                        + "signing method.");
    }

    private static Answer error(int status, String code, String message) {
        return Answer.of(status)
                .body(
                        "application/xml",
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
                                + message + "</Message></Error>");
    }
}
