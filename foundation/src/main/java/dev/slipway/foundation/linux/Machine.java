package dev.slipway.foundation.linux;

/** What differs between the two architectures that Slipway runs on. */
enum Machine {
    X86_64(0x10000, 0x20000),
    AARCH64(0x4000, 0x8000);

    static final Machine THIS = switch (System.getProperty("os.arch", "")) {
        case "amd64", "x86_64" -> X86_64;
        case "aarch64" -> AARCH64;
        default -> throw new IllegalStateException("no Linux calls for " + System.getProperty("os.arch"));
    };

    final int openDirectory;
    final int openNoFollow;

    Machine(int openDirectory, int openNoFollow) {
        this.openDirectory = openDirectory;
        this.openNoFollow = openNoFollow;
    }
}
