package dev.slipway.engine.snapshot;

/** The contract on overlays, as root. */
class OverlayContractIT extends SnapshotterContract {
    @Override
    protected Snapshotter open(Workspace workspace) {
        return OverlaySnapshotter.open(workspace);
    }
}
