package dev.slipway.localecr.sigv4;

import dev.slipway.localecr.model.RegistryId;

/**
 * Who called, and in which account and region.
 *
 * @param arn of the user or the role's session
 * @param home the caller's own registry
 */
public record Caller(String accessKeyId, String arn, RegistryId home) {}
