package dev.slipway.localecr.v2;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.store.Repository;
import dev.slipway.localecr.store.Upload;
import dev.slipway.localecr.store.Uploads;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code POST /v2/R/blobs/uploads/}: begins an upload or mounts a blob. A body with {@code ?digest=} is not looked at:
 * the client goes on with the address it gets.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#mounting-a-blob-from-another-repository">
 *     distribution-spec, mounting a blob</a>
 */
final class UploadStart implements RepositoryEndpoint {
    private final Uploads uploads;
    private final RegistryBehaviour behaviour;

    UploadStart(Uploads uploads, RegistryBehaviour behaviour) {
        this.uploads = uploads;
        this.behaviour = behaviour;
    }

    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        if (behaviour.dropsUploads() && call.repositories().find(call.name()).isEmpty()) {
            return Answer.dropped();
        }
        Repository repository = call.repository();
        Optional<String> mount = call.http().query("mount");
        if (behaviour.blobMounting() && mount.isPresent()) {
            Digest digest = RepositoryCall.digest(mount.get());
            if (mounted(call, repository, digest)) {
                return Answer.of(201)
                        .header("Location", call.address("blobs/" + digest))
                        .header("Docker-Content-Digest", digest.toString());
            }
        }
        Upload upload = uploads.begin(call.name());
        return Answer.of(202)
                .header("Location", call.address("blobs/uploads/" + upload.id()))
                .header("Docker-Upload-UUID", upload.id().toString())
                .header("Range", "0-0");
    }

    /** ECR mounts only what an image of the source names, and only between repositories encrypted alike. */
    private static boolean mounted(RepositoryCall call, Repository target, Digest digest) throws IOException {
        String from = call.http().query("from").orElse("");
        if (!RepositoryName.isName(from)) {
            return false;
        }
        Optional<Repository> source = call.repositories().find(new RepositoryName(from));
        if (source.isEmpty()
                || !target.mayMountFrom(source.get())
                || !source.get().blobs().holds(digest)
                || !source.get().images().reference(digest)) {
            return false;
        }
        target.blobs().mount(source.get().blobs(), digest);
        return true;
    }
}
