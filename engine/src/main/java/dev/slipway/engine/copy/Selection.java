package dev.slipway.engine.copy;

/** Which files of a source exist as far as COPY is concerned. Paths are relative, with slashes, without one in front. */
public interface Selection {
    /** Everything. */
    Selection ALL = new Selection() {
        @Override
        public boolean includes(String path) {
            return true;
        }

        @Override
        public boolean mayIncludeBelow(String directory) {
            return true;
        }
    };

    boolean includes(String path);

    /** Whether anything below a directory that is itself left out may be there; {@code false} saves the walk. */
    boolean mayIncludeBelow(String directory);
}
