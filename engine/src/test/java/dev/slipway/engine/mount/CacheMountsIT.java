package dev.slipway.engine.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.dockerfile.instruction.Mount.Sharing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use a cache at the same time. The locks are those of open files, so that a process counts as a thread does. */
class CacheMountsIT {
    private static final CacheMounts.Start EMPTY = data -> CacheMounts.empty(data, 0755, 0, 0);

    @TempDir
    private Path home;

    private CacheMounts.Held take(Sharing sharing) {
        return new CacheMounts(home).take("id", sharing, EMPTY);
    }

    private CompletableFuture<CacheMounts.Held> taking(Sharing sharing) {
        return CompletableFuture.supplyAsync(() -> take(sharing));
    }

    private static void waits(CompletableFuture<CacheMounts.Held> taking) {
        assertThatThrownBy(() -> taking.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    private static CacheMounts.Held comes(CompletableFuture<CacheMounts.Held> taking)
            throws InterruptedException, ExecutionException, TimeoutException {
        return taking.get(10, TimeUnit.SECONDS);
    }

    @Test
    void itGoesOn() throws IOException {
        try (CacheMounts.Held first = take(Sharing.SHARED)) {
            Files.writeString(first.data().resolve("f"), "x");
        }
        try (CacheMounts.Held second = take(Sharing.LOCKED)) {
            assertThat(second.data().resolve("f")).hasContent("x");
        }
    }

    @Test
    void severalShareIt() {
        try (CacheMounts.Held first = take(Sharing.SHARED);
                CacheMounts.Held second = take(Sharing.SHARED)) {
            assertThat(second.data()).isEqualTo(first.data());
        }
    }

    @Test
    void whoLocksItWaitsForAllAndAllForHim() throws Exception {
        CompletableFuture<CacheMounts.Held> locking;
        try (CacheMounts.Held first = take(Sharing.SHARED)) {
            assertThat(first.data()).isDirectory();
            locking = taking(Sharing.LOCKED);
            waits(locking);
        }
        CompletableFuture<CacheMounts.Held> sharing;
        try (CacheMounts.Held second = comes(locking)) {
            assertThat(second.data()).isDirectory();
            sharing = taking(Sharing.SHARED);
            waits(sharing);
        }
        comes(sharing).close();
    }

    @Test
    void whoWantsItForHimselfGetsAnotherInsteadOfWaiting() {
        Path mine;
        try (CacheMounts.Held first = take(Sharing.PRIVATE);
                CacheMounts.Held second = take(Sharing.PRIVATE)) {
            mine = first.data();
            assertThat(second.data()).isNotEqualTo(mine);
        }
        try (CacheMounts.Held later = take(Sharing.PRIVATE)) {
            assertThat(later.data()).isEqualTo(mine);
        }
    }

    @Test
    void oneThatCannotBeMadeIsNotThere() {
        CacheMounts caches = new CacheMounts(home);
        CacheMounts.Start failing = data -> {
            CacheMounts.empty(data, 0755, 0, 0);
            Files.writeString(data.resolve("half"), "x");
            throw new IllegalStateException("no");
        };
        assertThatThrownBy(() -> caches.take("id", Sharing.SHARED, failing)).hasMessage("no");

        try (CacheMounts.Held made = caches.take("id", Sharing.SHARED, EMPTY)) {
            assertThat(made.data()).isEmptyDirectory();
        }
    }
}
