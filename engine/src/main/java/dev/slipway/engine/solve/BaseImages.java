package dev.slipway.engine.solve;

import dev.slipway.engine.plan.ImageKey;
import dev.slipway.engine.snapshot.RootAttributes;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.linux.Mounts;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.layer.AppliedLayer;
import dev.slipway.image.layer.LayerApplier;
import dev.slipway.image.layout.OciLayoutSource;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.store.BlobSources;
import dev.slipway.image.store.ContentStore;
import dev.slipway.image.store.LayerTrees;
import dev.slipway.image.store.StoreErrors;
import dev.slipway.image.store.VerifyingInputStream;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.ImageSource;
import dev.slipway.image.transfer.SourceImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * The images that stages stand on or copy from. Each is resolved once a build; a layer is downloaded and unpacked only
 * where somebody needs its files, once per digest for all builds, layers in parallel.
 */
final class BaseImages {
    private static final int PARALLEL = 4;

    private final ImageSource source;
    private final ContentStore store;
    private final LayerTrees trees;
    private final LayerApplier applier;

    BaseImages(ImageSource source, ContentStore store, LayerTrees trees, LayerApplier applier) {
        this.source = source;
        this.store = store;
        this.trees = trees;
        this.applier = applier;
    }

    /** Asks for all images at once. */
    Map<ImageKey, SourceImage> resolve(Collection<ImageKey> keys) {
        Map<ImageKey, Future<SourceImage>> asked = new LinkedHashMap<>();
        try (TaskScope scope = new TaskScope(PARALLEL)) {
            for (ImageKey key : keys) {
                asked.put(
                        key,
                        scope.fork(
                                "resolve " + key, () -> checked(from(key).resolve(key.reference(), key.platform()))));
            }
            scope.join();
            Map<ImageKey, SourceImage> images = new LinkedHashMap<>();
            asked.forEach((key, task) -> images.put(key, TaskScope.result(task)));
            return images;
        }
    }

    private ImageSource from(ImageKey key) {
        return key.layout().<ImageSource>map(OciLayoutSource::open).orElse(source);
    }

    private static SourceImage checked(SourceImage image) {
        int layers = image.manifest().layers().size();
        int diffIds = image.config().diffIds().size();
        if (layers != diffIds) {
            throw new ServiceException(Problem.of(
                            "the image is not consistent",
                            "its manifest has " + layers + " layers, its configuration tells of " + diffIds)
                    .at(image.reference().toString()));
        }
        return image;
    }

    /** Checks that the images fit on the store's disk, as far as that can be told before anything is fetched. */
    Optional<Problem> checkRoom(Collection<SourceImage> images) {
        Optional<Mounts.Space> space = StoreErrors.space(trees.directory());
        return space.isPresent() ? needs(images).check(trees.directory(), space.get()) : Optional.empty();
    }

    private PullNeeds needs(Collection<SourceImage> images) {
        Set<Digest> seen = new HashSet<>();
        PullNeeds needs = PullNeeds.NONE;
        for (SourceImage image : images) {
            List<Digest> diffIds = image.config().diffIds();
            List<Digest> chain = chainIds(diffIds);
            for (int i = 0; i < chain.size(); i++) {
                Descriptor layer = image.layers().get(i).descriptor();
                boolean isUnpacked = trees.find(chain.get(i)).isPresent()
                        || trees.find(diffIds.get(i)).isPresent();
                if (!isUnpacked && seen.add(chain.get(i))) {
                    needs = needs.plusLayer(layer.size(), store.contains(layer.digest()));
                }
            }
        }
        return needs;
    }

    /** The image's tree, made of what is there and what has to be fetched. */
    Tree tree(SourceImage image) {
        List<Digest> chain = chainIds(image.config().diffIds());
        List<Future<Optional<Path>>> independent = new ArrayList<>();
        try (TaskScope scope = new TaskScope(PARALLEL)) {
            for (int i = 0; i < chain.size(); i++) {
                int layer = i;
                Digest chainId = chain.get(i);
                independent.add(scope.fork("unpack " + chainId, () -> unpackAlone(image, layer, chainId)));
            }
            scope.join();
        }
        List<Path> layers = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            Optional<Path> there = TaskScope.result(independent.get(i));
            layers.add(there.isPresent() ? there.get() : unpackOnto(image, i, chain.get(i), layers.reversed()));
        }
        return new Tree(layers);
    }

    /**
     * What a layer is together with those below it.
     *
     * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md#layer-chainid">image-spec, ChainID</a>
     */
    private static List<Digest> chainIds(List<Digest> diffIds) {
        List<Digest> chain = new ArrayList<>();
        for (Digest diffId : diffIds) {
            chain.add(
                    chain.isEmpty()
                            ? diffId
                            : Digest.of((chain.getLast() + " " + diffId).getBytes(StandardCharsets.US_ASCII)));
        }
        return chain;
    }

    /** Unpacks a layer for any image that has it; empty if its directory means something only on those below it. */
    private Optional<Path> unpackAlone(SourceImage image, int layer, Digest chainId) {
        Optional<Path> onto = trees.find(chainId);
        if (onto.isPresent()) {
            return onto;
        }
        try {
            return Optional.of(obtain(image, layer, image.config().diffIds().get(layer), (tar, directory) -> {
                AppliedLayer applied = applier.apply(tar, directory);
                if (!applied.isIndependent()) {
                    throw new DependentLayerException();
                }
                RootAttributes.mark(directory, applied);
            }));
        } catch (DependentLayerException e) {
            return Optional.empty();
        }
    }

    private Path unpackOnto(SourceImage image, int layer, Digest chainId, List<Path> lowersTopFirst) {
        return obtain(image, layer, chainId, (tar, directory) -> applier.apply(tar, directory, lowersTopFirst));
    }

    /** Unpacks the uncompressed tar into a directory. */
    private interface Applying {
        void apply(InputStream tar, Path directory) throws IOException;
    }

    /** Says that a layer cannot be unpacked without those below it. */
    private static final class DependentLayerException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Path obtain(SourceImage image, int layer, Digest key, Applying applying) {
        BlobSource blob = image.layers().get(layer);
        Descriptor descriptor = blob.descriptor();
        try {
            return trees.obtain(key, directory -> {
                if (!store.contains(descriptor.digest())) {
                    try (InputStream content = blob.open()) {
                        store.put(descriptor, content);
                    }
                }
                try (InputStream compressed = store.open(descriptor.digest());
                        VerifyingInputStream tar = new VerifyingInputStream(
                                Compression.decompress(compressed),
                                image.config().diffIds().get(layer))) {
                    applying.apply(tar, directory);
                    tar.verify();
                }
            });
        } catch (IOException e) {
            throw new ServiceException(
                    Problem.of("cannot get layer " + descriptor.digest(), String.valueOf(e.getMessage()))
                            .at(image.reference().toString()),
                    e);
        }
    }

    /** The image's layers as they go into an image built on it: from the store where they are, else from where it came. */
    List<MadeLayer> layers(SourceImage image) {
        List<MadeLayer> layers = new ArrayList<>();
        for (int i = 0; i < image.layers().size(); i++) {
            BlobSource blob = image.layers().get(i);
            layers.add(new MadeLayer(
                    new FetchedOrRemote(store, blob), image.config().diffIds().get(i), true));
        }
        return layers;
    }

    private record FetchedOrRemote(ContentStore store, BlobSource remote) implements BlobSource {
        @Override
        public Descriptor descriptor() {
            return remote.descriptor();
        }

        @Override
        public InputStream open() throws IOException {
            return store.contains(descriptor().digest())
                    ? BlobSources.ofStore(store, descriptor()).open()
                    : remote.open();
        }

        @Override
        public Optional<ImageReference> origin() {
            return remote.origin();
        }
    }
}
