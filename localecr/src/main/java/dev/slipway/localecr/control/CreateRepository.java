package dev.slipway.localecr.control;

import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.store.RepositorySettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates a repository.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html">
 *     CreateRepository</a>
 */
final class CreateRepository implements Operation {
    private static final Set<String> ENCRYPTION_TYPES = Set.of("AES256", "KMS", "KMS_DSSE");

    private final InstantSource clock;

    CreateRepository(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "CreateRepository";
    }

    @Override
    public ObjectNode run(Input input) throws IOException {
        RepositoryName name = input.repositoryName();
        JsonNode encryption = input.json().path("encryptionConfiguration");
        String type = encryption.path("encryptionType").stringValue("AES256");
        if (!ENCRYPTION_TYPES.contains(type)) {
            throw Reason.PARAMETER.refuse(
                    Texts.parameter("encryptionType", "Member must satisfy enum value set: [AES256, KMS, KMS_DSSE]"));
        }
        RepositorySettings settings = new RepositorySettings(
                name,
                clock.instant(),
                RepositoryView.mutability(input),
                input.json()
                        .path("imageScanningConfiguration")
                        .path("scanOnPush")
                        .booleanValue(false),
                type,
                encryption.has("kmsKey") ? Optional.of(encryption.path("kmsKey").stringValue("")) : Optional.empty(),
                tags(input));
        input.repositories().create(settings);
        ObjectNode answer = Input.newObject();
        answer.set("repository", RepositoryView.of(settings, input.registry()));
        return answer;
    }

    /** These members alone are capitalised. */
    private static Map<String, String> tags(Input input) {
        Map<String, String> all = new LinkedHashMap<>();
        for (JsonNode tag : input.list("tags")) {
            all.put(tag.path("Key").stringValue(""), tag.path("Value").stringValue(""));
        }
        return all;
    }
}
