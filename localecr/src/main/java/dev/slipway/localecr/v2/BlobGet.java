package dev.slipway.localecr.v2;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.origin.LayerAddresses;
import java.io.IOException;
import java.net.URI;

/**
 * {@code GET /v2/R/blobs/D}: 307 to another origin, which wants no credentials.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs">
 *     distribution-spec, pulling blobs</a>
 */
final class BlobGet implements RepositoryEndpoint {
    private final LayerAddresses addresses;

    BlobGet(LayerAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        Digest digest = call.digest();
        if (!call.repository().blobs().holds(digest)) {
            throw Reason.BLOB_MISSING.refuse(Texts.layerMissing(digest.toString(), call.name(), call.registry()));
        }
        URI address = addresses.sign(call.http().host(), call.registry(), call.name(), digest);
        return Answer.of(307).header("Location", address.toString());
    }
}
