package crooked.house.util;

/** Named for nothing, in a package named for nothing; its module is unknown, too. */
public final class StringHelper {
    private StringHelper() {}
}
