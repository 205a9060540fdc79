package dev.slipway.engine.plain;

import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The working roots of a build that nobody writes to, by the tree that they show. Who writes has one alone; readers share.
 * Thread-safe.
 */
final class WorkingRoots {
    private final Workspace workspace;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Idle> idle = new ArrayList<>();

    WorkingRoots(Workspace workspace) {
        this.workspace = workspace;
    }

    private static final class Idle {
        private final WorkingRoot root;
        private int readers;

        Idle(WorkingRoot root) {
            this.root = root;
        }
    }

    /** One that shows the tree, for the caller alone; it is {@link #put} back, or removed. */
    WorkingRoot take(Tree tree) {
        Optional<WorkingRoot> there = takeIdle(tree);
        return there.isPresent() ? there.get() : make(tree);
    }

    private Optional<WorkingRoot> takeIdle(Tree tree) {
        lock.lock();
        try {
            for (Idle candidate : idle) {
                if (candidate.readers == 0 && candidate.root.tree().equals(tree)) {
                    idle.remove(candidate);
                    return Optional.of(candidate.root);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private WorkingRoot make(Tree tree) {
        return WorkingRoot.make(tree, workspace.newDirectory("tree"));
    }

    void put(WorkingRoot root) {
        lock.lock();
        try {
            idle.add(new Idle(root));
        } finally {
            lock.unlock();
        }
    }

    /** One that shows the tree, for reading; {@link #release} ends that. */
    WorkingRoot share(Tree tree) {
        Optional<WorkingRoot> there = shareIdle(tree);
        if (there.isPresent()) {
            return there.get();
        }
        Idle made = new Idle(make(tree));
        made.readers = 1;
        lock.lock();
        try {
            idle.add(made);
        } finally {
            lock.unlock();
        }
        return made.root;
    }

    private Optional<WorkingRoot> shareIdle(Tree tree) {
        lock.lock();
        try {
            for (Idle candidate : idle) {
                if (candidate.root.tree().equals(tree)) {
                    candidate.readers++;
                    return Optional.of(candidate.root);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void release(WorkingRoot root) {
        lock.lock();
        try {
            idle.stream().filter(candidate -> candidate.root == root).forEach(candidate -> candidate.readers--);
        } finally {
            lock.unlock();
        }
    }
}
