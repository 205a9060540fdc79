/**
 * The Linux calls that the JDK lacks, over {@code java.lang.foreign}: mounts, nodes relative to an open directory,
 * extended attributes, processes. File names are bytes, as they are for the kernel. Nothing here knows images.
 *
 * <p>Every failed call throws {@link dev.slipway.foundation.linux.LinuxException} with its errno. The calls are made on
 * the calling thread and pin a virtual thread while they last; {@code unshare} and {@code chdir} change a thread for
 * good and therefore refuse virtual threads.
 */
@NullMarked
package dev.slipway.foundation.linux;

import org.jspecify.annotations.NullMarked;
