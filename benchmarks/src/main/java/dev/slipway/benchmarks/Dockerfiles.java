package dev.slipway.benchmarks;

import java.nio.charset.StandardCharsets;

/** Makes Dockerfiles of any length. */
final class Dockerfiles {
    private static final int STAGE = 100;

    private Dockerfiles() {}

    /** Stages of a hundred instructions of all kinds, each on the one before, which its variables and labels grow with. */
    static byte[] mixed(int instructions) {
        StringBuilder text = new StringBuilder("ARG VERSION=1.2.3\n");
        for (int i = 1; i < instructions; i++) {
            int stage = i / STAGE;
            text.append(
                    i == 1
                            ? "FROM base:$VERSION AS stage0"
                            : i % STAGE == 0 ? "FROM stage" + (stage - 1) + " AS stage" + stage : mixed(i, stage));
            text.append('\n');
        }
        return bytes(text);
    }

    private static String mixed(int i, int stage) {
        return switch (i % 14) {
            case 0 -> "ENV NAME_" + i + "=value$VERSION OTHER_" + i + "=\"${NAME_" + (i - 14) + ":-none} and more\"";
            case 1 -> "RUN echo " + i + " && \\\n    # why\n    make -C /src/part" + i + " install";
            case 2 -> "COPY --chown=1000:1000 --chmod=0755 src/part" + i + " lib/$VERSION/ /opt/part" + i + "/";
            case 3 -> "LABEL org.example.part" + i + "=\"${VERSION%.*}\"";
            case 4 -> "ARG VERSION\nARG OPTION=${VERSION#1.}";
            case 5 -> "WORKDIR /work/part" + i;
            case 6 -> "EXPOSE " + (1 + i % 60_000) + " 8000-8003/udp";
            case 7 -> "RUN <<EOF\nset -e\necho part " + i + "\nEOF";
            case 8 -> "COPY <<EOF /etc/part" + i + ".conf\nversion=${VERSION:?}\npart=" + i + "\nEOF";
            case 9 -> "USER app" + i % 10;
            case 10 -> stage == 0 ? "VOLUME /data/" + i : "COPY --from=stage" + (stage - 1) + " /opt /opt";
            case 11 -> "HEALTHCHECK --interval=30s CMD [\"/bin/check\", \"" + i + "\"]";
            case 12 -> "ADD --unpack=false archive" + i + ".tar.gz /srv/";
            default -> "CMD [\"serve\", \"--part\", \"" + i + "\"]";
        };
    }

    /** One stage of nothing but ENV, each with a name of its own and the value of the one before. */
    static byte[] env(int instructions) {
        StringBuilder text = new StringBuilder("FROM scratch\n");
        for (int i = 1; i < instructions; i++) {
            text.append("ENV NAME_")
                    .append(i)
                    .append("=${NAME_")
                    .append(i - 1)
                    .append(":+x}")
                    .append(i)
                    .append('\n');
        }
        return bytes(text);
    }

    /** One stage of nothing but ARG, and one command that sees them all. */
    static byte[] arg(int instructions) {
        StringBuilder text = new StringBuilder("FROM base\n");
        for (int i = 2; i < instructions; i++) {
            text.append("ARG NAME_")
                    .append(i)
                    .append("=${NAME_")
                    .append(i - 1)
                    .append(":+x}")
                    .append(i)
                    .append('\n');
        }
        return bytes(text.append("RUN make\n"));
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
