package crooked.house.aws;

import crooked.house.engine.Plan;
import crooked.house.engine.SecretSource;

/** A secret in a string, the engine's insides, and the engine's port, which is allowed. */
public record Login(String accessKey, String secretKey, SecretSource source, Plan plan) {}
