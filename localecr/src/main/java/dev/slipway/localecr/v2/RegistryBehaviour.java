package dev.slipway.localecr.v2;

/**
 * Where ECR itself can be one or the other.
 *
 * @param blobMounting the account setting {@code BLOB_MOUNTING}; without it a mount becomes an upload
 * @param dropsUploads an upload to a missing repository ends the connection, instead of a clear 404
 */
public record RegistryBehaviour(boolean blobMounting, boolean dropsUploads) {}
