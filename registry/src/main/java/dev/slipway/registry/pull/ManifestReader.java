package dev.slipway.registry.pull;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.Index;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.endpoint.ManifestGet;
import dev.slipway.registry.endpoint.RegistryAccess;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the manifest of one platform, through an index where there is one. Every byte is verified before it is read. */
final class ManifestReader {
    private static final int DEEPEST_INDEX = 3;

    private final RegistryAccess access;
    private final RegistryTarget target;
    private final Platform platform;

    ManifestReader(RegistryAccess access, RegistryTarget target, Platform platform) {
        this.access = access;
        this.target = target;
        this.platform = platform;
    }

    /**
     * @param reference tag or digest
     * @param expected the digest that was asked for
     */
    Found read(String reference, Optional<Digest> expected) {
        return read(reference, expected, 0);
    }

    private Found read(String reference, Optional<Digest> expected, int depth) {
        ManifestGet call = new ManifestGet(target, reference);
        ManifestGet.Body body = access.call(call);
        Digest digest = verified(call, body, expected);
        try {
            String mediaType = ImageJson.mediaTypeOf(body.bytes(), body.contentType());
            if (MediaType.isManifest(mediaType)) {
                return new Found(digest, ImageJson.readManifest(body.bytes()));
            }
            if (!MediaType.isIndex(mediaType)) {
                throw failed(call, reasonAgainst(mediaType), "");
            }
            if (depth == DEEPEST_INDEX) {
                throw failed(call, "the index lies too deep in other indexes", "");
            }
            Descriptor chosen = choose(call, ImageJson.readIndex(body.bytes()));
            return read(chosen.digest().toString(), Optional.of(chosen.digest()), depth + 1);
        } catch (IllegalArgumentException e) {
            throw failed(call, "the registry gave a manifest that cannot be read: " + e.getMessage(), "");
        }
    }

    private Digest verified(ManifestGet call, ManifestGet.Body body, Optional<Digest> expected) {
        Optional<Digest> announced =
                body.announcedDigest().filter(Digest::isDigest).map(Digest::parse);
        for (Digest wanted :
                List.of(expected, announced).stream().flatMap(Optional::stream).toList()) {
            String hex = HexFormat.of().formatHex(wanted.newHash().digest(body.bytes()));
            if (!hex.equals(wanted.hex())) {
                throw failed(
                        call,
                        "the manifest should be " + wanted + " but is " + wanted.algorithm() + ":" + hex,
                        "something between here and the registry changes manifests, or cuts them short");
            }
        }
        return expected.orElseGet(() -> Digest.of(body.bytes()));
    }

    private Descriptor choose(ManifestGet call, Index index) {
        return index.manifests().stream()
                .filter(entry -> entry.platform().map(platform::accepts).orElse(false))
                .findFirst()
                .orElseThrow(() -> failed(
                        call,
                        "there is no image for " + platform + "; there is " + offered(index),
                        "ask for one of these platforms"));
    }

    private static String offered(Index index) {
        String names = index.manifests().stream()
                .flatMap(entry -> entry.platform().stream())
                .filter(offered -> !offered.os().equals("unknown"))
                .map(Platform::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none for any platform" : names;
    }

    private static String reasonAgainst(String mediaType) {
        return mediaType.startsWith("application/vnd.docker.distribution.manifest.v1+")
                ? "the image is in Docker's schema 1, which ended in 2019; push it anew with a present client"
                : "'" + mediaType + "' is neither an image nor an index of images";
    }

    private ServiceException failed(ManifestGet call, String why, String remedy) {
        return new ServiceException(new Problem(target.name(), call.describe(), why, remedy));
    }

    /** A verified manifest. */
    record Found(Digest digest, Manifest manifest) {}
}
