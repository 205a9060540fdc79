package dev.slipway.localecr.v2;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.Tag;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.store.Images;
import dev.slipway.localecr.store.Repositories;
import dev.slipway.localecr.store.Repository;
import java.io.IOException;
import java.util.Optional;

/**
 * A request to one repository.
 *
 * @param argument the last part of the path: a digest, a tag, or the id of an upload
 */
record RepositoryCall(Call http, Repositories repositories, RepositoryName name, String argument) {
    RegistryId registry() {
        return repositories.registry();
    }

    /** @throws dev.slipway.localecr.model.Refusal if there is none */
    Repository repository() throws IOException {
        return repositories.get(name);
    }

    /** The argument as a blob's digest. */
    Digest digest() {
        return digest(argument);
    }

    static Digest digest(String text) {
        if (!Digest.isDigest(text)) {
            throw Reason.BLOB_DIGEST_SYNTAX.refuse(
                    Texts.parameter("layerDigest", "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"));
        }
        return Digest.parse(text);
    }

    boolean namesDigest() {
        return argument.contains(":");
    }

    Tag tag() {
        return Tag.parse(argument);
    }

    /** The image that the argument names by tag or digest. */
    Optional<Digest> image(Images images) throws IOException {
        return namesDigest() ? Optional.of(digest()).filter(images::holds) : images.find(tag());
    }

    /** An absolute address under this repository, as ECR gives them. */
    String address(String rest) {
        return "http://" + http.host() + "/v2/" + name + "/" + rest;
    }
}
