package dev.slipway.engine.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Names with values, in the order in which each name first came. Never changes: adding gives another one that shares
 * nearly everything with this one, so that each stage and each command can keep what it saw at no cost, however many
 * names there are.
 */
final class Bindings<V> {
    private final @Nullable Node<V> root;
    private final int size;

    private Bindings(@Nullable Node<V> root, int size) {
        this.root = root;
        this.size = size;
    }

    /** A node of a balanced tree (AVL) by name. */
    private record Node<V>(
            String name,
            V value,
            int position,
            int height,
            @Nullable Node<V> left,
            @Nullable Node<V> right) {
        Node<V> with(@Nullable Node<V> newLeft, @Nullable Node<V> newRight) {
            int newHeight = 1 + Math.max(heightOf(newLeft), heightOf(newRight));
            return new Node<>(name, value, position, newHeight, newLeft, newRight);
        }
    }

    static <V> Bindings<V> none() {
        return new Bindings<>(null, 0);
    }

    Optional<V> get(String name) {
        Node<V> node = root;
        while (node != null) {
            int order = name.compareTo(node.name);
            if (order == 0) {
                return Optional.of(node.value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** The same with a value for the name, which keeps its position if it has one. */
    Bindings<V> with(String name, V value) {
        int newSize = get(name).isPresent() ? size : size + 1;
        return new Bindings<>(put(root, name, value, size), newSize);
    }

    int size() {
        return size;
    }

    /** The names and values in order. */
    SequencedMap<String, V> toMap() {
        List<Node<V>> nodes = new ArrayList<>(Collections.nCopies(size, root));
        collect(root, nodes);
        SequencedMap<String, V> map = LinkedHashMap.newLinkedHashMap(size);
        nodes.forEach(node -> map.put(node.name, node.value));
        return map;
    }

    private static <V> void collect(@Nullable Node<V> node, List<Node<V>> nodes) {
        if (node != null) {
            nodes.set(node.position, node);
            collect(node.left, nodes);
            collect(node.right, nodes);
        }
    }

    private static <V> Node<V> put(@Nullable Node<V> node, String name, V value, int position) {
        if (node == null) {
            return new Node<>(name, value, position, 1, null, null);
        }
        int order = name.compareTo(node.name);
        if (order == 0) {
            return new Node<>(name, value, node.position, node.height, node.left, node.right);
        }
        return order < 0
                ? balanced(node.with(put(node.left, name, value, position), node.right))
                : balanced(node.with(node.left, put(node.right, name, value, position)));
    }

    private static <V> Node<V> balanced(Node<V> node) {
        Node<V> left = node.left;
        Node<V> right = node.right;
        int lean = heightOf(left) - heightOf(right);
        if (lean > 1 && left != null) {
            boolean bent = heightOf(left.left) < heightOf(left.right);
            return turnedRight(bent ? node.with(turnedLeft(left), right) : node);
        }
        if (lean < -1 && right != null) {
            boolean bent = heightOf(right.right) < heightOf(right.left);
            return turnedLeft(bent ? node.with(left, turnedRight(right)) : node);
        }
        return node;
    }

    private static <V> Node<V> turnedRight(Node<V> node) {
        Node<V> left = node.left;
        return left == null ? node : left.with(left.left, node.with(left.right, node.right));
    }

    private static <V> Node<V> turnedLeft(Node<V> node) {
        Node<V> right = node.right;
        return right == null ? node : right.with(node.with(node.left, right.left), right.right);
    }

    private static int heightOf(@Nullable Node<?> node) {
        return node == null ? 0 : node.height;
    }
}
