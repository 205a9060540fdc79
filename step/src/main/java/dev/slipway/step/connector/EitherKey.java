package dev.slipway.step.connector;

import dev.slipway.step.model.Reference;
import dev.slipway.step.model.SettingOrSecret;
import dev.slipway.step.yaml.Fields;
import java.util.Optional;

/** Reads settings that are written down, or kept as a secret under a key that ends with {@code Ref}. */
final class EitherKey {
    private EitherKey() {}

    /** Notes a fault unless exactly one of the keys is there. */
    static Optional<SettingOrSecret> read(Fields fields, String plain, String bySecret) {
        if (fields.has(plain) == fields.has(bySecret)) {
            String found = fields.has(plain) ? "both" : "neither";
            fields.faults()
                    .add(
                            fields.place(plain),
                            fields.name(plain),
                            "expected either " + plain + " or " + bySecret + ", found " + found);
            return Optional.empty();
        }
        Optional<SettingOrSecret> setting = fields.read(plain, scalar -> new SettingOrSecret.Plain(scalar.text()));
        return setting.isPresent() ? setting : reference(fields, bySecret).map(SettingOrSecret.BySecret::new);
    }

    static Optional<Reference> reference(Fields fields, String key) {
        return fields.read(key, scalar -> Reference.parse(scalar.text(), scalar.place()));
    }
}
