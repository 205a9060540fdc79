package dev.slipway.engine.solve;

import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.image.compress.CompressedLayer;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.compress.LayerSink;
import dev.slipway.image.layer.LayerExport;
import dev.slipway.image.store.BlobSources;
import dev.slipway.image.store.ContentStore;
import dev.slipway.image.store.StoreErrors;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Makes a compressed layer of what an instruction wrote, in one pass: tar, DiffID, compression, digest, store. A bounded
 * number at a time, since each has buffers of its own. Thread-safe.
 */
final class LayerExporter {
    private static final int PARALLEL = 2;

    private final ContentStore store;
    private final Compression compression;
    private final FileTime latest;
    private final LayerCheck check;
    private final Semaphore permits = new Semaphore(PARALLEL);

    /**
     * @param latest no file of a layer gets a later time
     * @param check looks at each layer that has been written
     */
    LayerExporter(ContentStore store, Compression compression, FileTime latest, LayerCheck check) {
        this.store = store;
        this.compression = compression;
        this.latest = latest;
        this.check = check;
    }

    /**
     * Exports the topmost layer of a tree, and checks it.
     *
     * @param after the tree with the layer
     * @param before the tree that it was written on
     */
    MadeLayer export(Tree after, Tree before, Operation operation) throws InterruptedException {
        permits.acquire();
        try {
            MadeLayer layer = write(after, standsAlone(operation) ? Tree.EMPTY : before, operation);
            check.check(layer, before, after, operation);
            return layer;
        } finally {
            permits.release();
        }
    }

    /** A linked layer says all of its directories, be they below it or not: it would do the same elsewhere. */
    private static boolean standsAlone(Operation operation) {
        return operation instanceof Operation.Copy copy && copy.link();
    }

    private MadeLayer write(Tree after, Tree before, Operation operation) {
        try (LayerSink sink = LayerSink.open(store, compression)) {
            LayerExport.write(after.layers().getLast(), before.layers().reversed(), sink, latest);
            CompressedLayer layer = sink.finish();
            return new MadeLayer(BlobSources.ofStore(store, layer.blob()), layer.diffId(), false);
        } catch (IOException e) {
            throw new MachineException(
                    Problem.of("cannot write the layer of " + operation.title(), String.valueOf(e.getMessage()))
                            .at(operation.place()),
                    StoreErrors.writing(after.layers().getLast(), 0, e));
        }
    }
}
