package dev.slipway.image.layout;

import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.Index;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.ImageSource;
import dev.slipway.image.transfer.Outgoing;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.OutgoingIndex;
import dev.slipway.image.transfer.SourceImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads images from an OCI image layout, a directory or an uncompressed tar of one. Manifests and configurations are
 * verified when an image is resolved; who reads layers verifies them.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">image-spec, image layout</a>
 */
public final class OciLayoutSource implements ImageSource {
    private static final int DEEPEST_INDEX = 3;

    private final Path place;
    private final LayoutFiles files;
    private final Index index;

    private OciLayoutSource(Path place, LayoutFiles files, Index index) {
        this.place = place;
        this.files = files;
        this.index = index;
    }

    /**
     * Reads the list of images.
     *
     * @throws dev.slipway.foundation.error.MachineException if there is nothing to read
     * @throws dev.slipway.foundation.error.ServiceException if it is no layout
     */
    public static OciLayoutSource open(Path place) {
        LayoutFiles files = LayoutFiles.of(place);
        try (InputStream in = files.open(Layout.INDEX)) {
            byte[] json = in.readNBytes(ImageJson.MAX_MANIFEST_BYTES + 1);
            return new OciLayoutSource(place, files, ImageJson.readIndex(json));
        } catch (IOException e) {
            throw LayoutErrors.failed(place, "read the image layout", e);
        } catch (IllegalArgumentException e) {
            throw LayoutErrors.wrong(place, "read the image layout", Layout.INDEX + ": " + e.getMessage());
        }
    }

    /** What the layout lists: manifests and indexes with their annotations. */
    public List<Descriptor> images() {
        return index.manifests();
    }

    /**
     * Finds an image by its digest, else by its whole name, else by its tag.
     *
     * @throws dev.slipway.foundation.error.ServiceException if it is not there, not for that platform, or damaged
     */
    @Override
    public SourceImage resolve(ImageReference reference, Platform platform) {
        if (reference.digest().isPresent()) {
            return read(reference, reference.digest().get(), platform, 0);
        }
        List<Descriptor> named = named(Layout.FULL_NAME, reference.toString());
        if (named.isEmpty()) {
            named = named(Layout.REF_NAME, reference.toString());
        }
        if (named.isEmpty()) {
            named = named(Layout.REF_NAME, reference.tag().orElse(""));
        }
        if (named.isEmpty()) {
            throw failed("find " + reference, "the layout has " + names(index.manifests()));
        }
        return read(reference, choose(named, platform).digest(), platform, 0);
    }

    /**
     * The layout's one image, whatever its name, for that platform.
     *
     * @param reference what to call it
     * @throws dev.slipway.foundation.error.ServiceException if there is none or a choice
     */
    public SourceImage only(ImageReference reference, Platform platform) {
        List<Descriptor> fitting = fitting(index.manifests(), platform);
        if (fitting.stream().map(Descriptor::digest).distinct().count() > 1) {
            throw failed("choose an image", "the layout has " + names(fitting));
        }
        return read(reference, choose(index.manifests(), platform).digest(), platform, 0);
    }

    /** The image as it lies here, byte for byte, to be sent. */
    public OutgoingImage outgoing(SourceImage image) {
        byte[] manifest = blob(image.digest(), ImageJson.MAX_MANIFEST_BYTES);
        Descriptor config = image.manifest().config();
        return new OutgoingImage(
                manifest,
                Descriptor.of(image.manifest().mediaType(), image.digest(), manifest.length),
                blob(config.digest(), ImageJson.MAX_CONFIG_BYTES),
                config,
                image.layers());
    }

    /**
     * The one entry of the layout that is meant: the only one there is, else the one that is called so.
     *
     * @param name a whole name, a tag or a digest; empty where nothing is said
     * @throws dev.slipway.foundation.error.ServiceException if there is none or a choice
     */
    public Descriptor entry(String name) {
        List<Descriptor> fitting = index.manifests().stream()
                .filter(entry -> name.isEmpty()
                        || name.equals(entry.digest().toString())
                        || name.equals(entry.annotations().get(Layout.FULL_NAME))
                        || name.equals(entry.annotations().get(Layout.REF_NAME)))
                .toList();
        long images = fitting.stream().map(Descriptor::digest).distinct().count();
        if (images != 1) {
            String wanted = name.isEmpty() ? "choose an image" : "find " + name;
            throw failed(wanted, "the layout has " + names(images == 0 ? index.manifests() : fitting));
        }
        return fitting.getFirst();
    }

    /**
     * A manifest or index of the layout with all that it names, byte for byte, to be sent.
     *
     * @throws dev.slipway.foundation.error.ServiceException if something of it is missing or damaged
     */
    public Outgoing outgoing(Descriptor entry) {
        return outgoing(entry, 0);
    }

    private Outgoing outgoing(Descriptor entry, int depth) {
        byte[] json = blob(entry.digest(), ImageJson.MAX_MANIFEST_BYTES);
        try {
            String mediaType = ImageJson.mediaTypeOf(json, entry.mediaType());
            Descriptor descriptor = new Descriptor(mediaType, entry.digest(), json.length, entry.platform(), Map.of());
            if (!MediaType.isIndex(mediaType)) {
                return image(json, descriptor);
            }
            if (depth == DEEPEST_INDEX) {
                throw failed("read " + entry.digest(), "the index lies too deep in other indexes");
            }
            List<Outgoing> children = ImageJson.readIndex(json).manifests().stream()
                    .map(child -> outgoing(child, depth + 1))
                    .toList();
            return new OutgoingIndex(json, descriptor, children);
        } catch (IllegalArgumentException e) {
            throw failed("read " + entry.digest(), String.valueOf(e.getMessage()));
        }
    }

    private OutgoingImage image(byte[] json, Descriptor descriptor) {
        Manifest manifest = ImageJson.readManifest(json);
        return new OutgoingImage(
                json,
                descriptor,
                blob(manifest.config().digest(), ImageJson.MAX_CONFIG_BYTES),
                manifest.config(),
                manifest.layers().stream()
                        .<BlobSource>map(layer -> new LayerInLayout(files, layer))
                        .toList());
    }

    private List<Descriptor> named(String annotation, String name) {
        return index.manifests().stream()
                .filter(entry -> name.equals(entry.annotations().get(annotation)))
                .toList();
    }

    private static List<Descriptor> fitting(List<Descriptor> entries, Platform platform) {
        return entries.stream()
                .filter(entry -> entry.platform().map(platform::accepts).orElse(true))
                .toList();
    }

    /** An entry that is said to be for the platform is better than one that says nothing. */
    private Descriptor choose(List<Descriptor> entries, Platform platform) {
        List<Descriptor> fitting = fitting(entries, platform);
        return fitting.stream()
                .filter(entry -> entry.platform().isPresent())
                .findFirst()
                .or(() -> fitting.stream().findFirst())
                .orElseThrow(() -> failed("find an image for " + platform, "there is " + platforms(entries)));
    }

    private SourceImage read(ImageReference reference, Digest digest, Platform platform, int depth) {
        byte[] json = blob(digest, ImageJson.MAX_MANIFEST_BYTES);
        try {
            String mediaType = ImageJson.mediaTypeOf(json, "");
            if (MediaType.isIndex(mediaType)) {
                if (depth == DEEPEST_INDEX) {
                    throw failed("read " + digest, "the index lies too deep in other indexes");
                }
                Descriptor chosen = choose(ImageJson.readIndex(json).manifests(), platform);
                return read(reference, chosen.digest(), platform, depth + 1);
            }
            Manifest manifest = ImageJson.readManifest(json);
            byte[] config = blob(manifest.config().digest(), ImageJson.MAX_CONFIG_BYTES);
            List<BlobSource> layers = manifest.layers().stream()
                    .<BlobSource>map(layer -> new LayerInLayout(files, layer))
                    .toList();
            return new SourceImage(reference, digest, manifest, ImageJson.readConfig(config), layers);
        } catch (IllegalArgumentException e) {
            throw failed("read " + digest, String.valueOf(e.getMessage()));
        }
    }

    private byte[] blob(Digest digest, int maxBytes) {
        byte[] bytes;
        try (InputStream in = files.open(Layout.blob(digest))) {
            bytes = in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw LayoutErrors.failed(place, "read " + digest, e);
        }
        String hex = HexFormat.of().formatHex(digest.newHash().digest(bytes));
        if (bytes.length > maxBytes || !hex.equals(digest.hex())) {
            String why = bytes.length > maxBytes
                    ? "more than " + maxBytes + " bytes"
                    : "the content is " + digest.algorithm() + ":" + hex;
            throw failed("read " + digest, why);
        }
        return bytes;
    }

    private RuntimeException failed(String what, String why) {
        return LayoutErrors.wrong(place, what, why);
    }

    private static String names(List<Descriptor> entries) {
        return list(entries.stream()
                .map(entry -> entry.annotations()
                        .getOrDefault(
                                Layout.FULL_NAME,
                                entry.annotations()
                                        .getOrDefault(
                                                Layout.REF_NAME, entry.digest().toString())))
                .toList());
    }

    private static String platforms(List<Descriptor> entries) {
        return list(entries.stream()
                .flatMap(entry -> entry.platform().stream())
                .map(Platform::toString)
                .toList());
    }

    private static String list(List<String> words) {
        return words.isEmpty() ? "none" : words.stream().distinct().collect(Collectors.joining(", "));
    }

    private record LayerInLayout(LayoutFiles files, Descriptor descriptor) implements BlobSource {
        @Override
        public InputStream open() throws IOException {
            return files.open(Layout.blob(descriptor.digest()));
        }
    }
}
