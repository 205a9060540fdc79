package dev.slipway.image.transfer;

import dev.slipway.image.model.Digest;

/**
 * What a push did.
 *
 * @param digest of the manifest
 * @param uploadedBytes bytes of blobs that were sent
 * @param uploadedBlobs blobs that were sent
 * @param reusedBlobs blobs that were there already or were mounted
 */
public record PushReceipt(Digest digest, long uploadedBytes, int uploadedBlobs, int reusedBlobs) {}
