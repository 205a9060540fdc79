package dev.slipway.dockerfile.lint;

/**
 * What a FROM says once its variables are replaced.
 *
 * @param platform that of the build where FROM names none
 */
record ExpandedFrom(String image, String platform) {}
