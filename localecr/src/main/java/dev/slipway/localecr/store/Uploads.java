package dev.slipway.localecr.store;

import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.Texts;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The uploads that have begun. They do not survive a restart: ECR lets nobody resume one anyway. Thread-safe. */
public final class Uploads {
    private final Incoming incoming;
    private final ConcurrentMap<String, Upload> open = new ConcurrentHashMap<>();

    Uploads(Incoming incoming) {
        this.incoming = incoming;
    }

    public Upload begin(RepositoryName repository) throws IOException {
        Upload upload = Upload.create(UUID.randomUUID(), repository, incoming.newFile());
        open.put(upload.id().toString(), upload);
        return upload;
    }

    public Optional<Upload> find(String id, RepositoryName repository) {
        return Optional.ofNullable(open.get(id))
                .filter(upload -> upload.repository().equals(repository));
    }

    /** @throws dev.slipway.localecr.model.Refusal if the id is not one of an open upload to the repository */
    public Upload get(String id, RepositoryName repository, RegistryId registry) {
        return find(id, repository)
                .orElseThrow(() -> Reason.UPLOAD_MISSING.refuse(Texts.uploadMissing(id, repository, registry)));
    }

    /** Forgets the upload and its bytes; does nothing for an upload that has become a blob. */
    public void end(Upload upload) throws IOException {
        open.remove(upload.id().toString());
        upload.discard();
    }
}
