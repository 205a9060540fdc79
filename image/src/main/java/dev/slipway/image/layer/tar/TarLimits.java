package dev.slipway.image.layer.tar;

/**
 * What a reader accepts. Content is streamed and therefore not limited here.
 *
 * @param headerBytes of one PAX header, GNU long name or sparse map
 * @param nameBytes of one name or link target
 * @param entries in one archive
 */
public record TarLimits(int headerBytes, int nameBytes, long entries) {
    /** 1 MiB a header, as other tools have it; names as long as the kernel takes (PATH_MAX less its zero). */
    public static final TarLimits USUAL = new TarLimits(1 << 20, 4095, 20_000_000);
}
