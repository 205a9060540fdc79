package dev.slipway.registry.push;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.ImageTarget;
import dev.slipway.image.transfer.Outgoing;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.endpoint.RegistryAccess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Repositories of registries as a target: each blob once, up to four at a time (more make registries close connections),
 * then the manifests that an index names, by digest, then the manifest or index under each name in order.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#push">distribution-spec, push</a>
 */
public final class RegistryImageTarget implements ImageTarget {
    private static final int BLOBS_AT_ONCE = 4;

    private final RegistryAccess access;

    public RegistryImageTarget(RegistryAccess access) {
        this.access = requireNonNull(access, "access is null");
    }

    @Override
    public PushReceipt push(Outgoing image, List<ImageReference> names) {
        RegistryTarget target = onlyRepository(names);
        Digest digest = image.manifestDescriptor().digest();
        PushReceipt receipt = pushBlobs(target, digest, distinct(image));
        List<Outgoing> manifests = image.manifests();
        for (Outgoing child : manifests.subList(0, manifests.size() - 1)) {
            new ManifestPush(access, target, child)
                    .run(child.manifestDescriptor().digest().toString());
        }
        ManifestPush manifest = new ManifestPush(access, target, image);
        for (ImageReference name : names) {
            manifest.run(name.tag().orElseGet(digest::toString));
        }
        return receipt;
    }

    private PushReceipt pushBlobs(RegistryTarget target, Digest image, List<BlobSource> blobs) {
        Map<BlobSource, Future<BlobPush.Outcome>> outcomes = new LinkedHashMap<>();
        try (TaskScope scope = new TaskScope(BLOBS_AT_ONCE)) {
            for (BlobSource blob : blobs) {
                String name = "push " + blob.descriptor().digest().shortHex();
                outcomes.put(blob, scope.fork(name, () -> new BlobPush(access, target, blob).run()));
            }
            scope.join();
        }
        List<BlobSource> sent = outcomes.entrySet().stream()
                .filter(entry -> TaskScope.result(entry.getValue()) == BlobPush.Outcome.SENT)
                .map(Map.Entry::getKey)
                .toList();
        long bytes = sent.stream().mapToLong(blob -> blob.descriptor().size()).sum();
        return new PushReceipt(image, bytes, sent.size(), blobs.size() - sent.size());
    }

    private static List<BlobSource> distinct(Outgoing outgoing) {
        Map<Digest, BlobSource> byDigest = new LinkedHashMap<>();
        for (OutgoingImage image : outgoing.images()) {
            for (BlobSource layer : image.layers()) {
                byDigest.putIfAbsent(layer.descriptor().digest(), layer);
            }
            byDigest.putIfAbsent(
                    image.configDescriptor().digest(), new Bytes(image.configDescriptor(), image.config()));
        }
        return List.copyOf(byDigest.values());
    }

    private RegistryTarget onlyRepository(List<ImageReference> names) {
        List<RegistryTarget> targets =
                names.stream().map(access::target).distinct().toList();
        if (targets.size() != 1) {
            throw new IllegalArgumentException("a push goes to one repository, not to " + targets.size());
        }
        return targets.getFirst();
    }

    /** Content that is in memory already. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Bytes(Descriptor descriptor, byte[] content) implements BlobSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }
}
