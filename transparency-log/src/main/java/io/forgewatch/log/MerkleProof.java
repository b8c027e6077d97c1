package io.forgewatch.log;

import java.util.List;

/** Checks proofs as RFC 9162 says (2.1.3.2 and 2.1.4.2). Whatever does not fit, in length or content, does not hold. */
public final class MerkleProof {

    private MerkleProof() {}

    /** Whether a leaf is at an index of the tree with that size and root. */
    public static boolean includes(long index, long size, Hash leaf, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        Walk walk = new Walk(index, size - 1);
        Hash hash = leaf;
        for (Hash sibling : proof) {
            if (walk.ended()) {
                return false;
            }
            if (walk.siblingIsLeft()) {
                hash = Hash.node(sibling, hash);
                walk.skipLoneNodes();
            } else {
                hash = Hash.node(hash, sibling);
            }
            walk.up();
        }
        return walk.ended() && hash.equals(root);
    }

    /** Whether the tree of the first size and root is how the one of the second began. An empty tree is how every tree began. */
    public static boolean extend(long smaller, Hash smallerRoot, long size, Hash root, List<Hash> proof) {
        if (smaller < 0 || smaller > size) {
            return false;
        }
        if (smaller == 0 || smaller == size) {
            Hash expected = smaller == size ? root : Hash.ofEmptyTree();
            return proof.isEmpty() && smallerRoot.equals(expected);
        }
        boolean whole = Long.bitCount(smaller) == 1;
        if (!whole && proof.isEmpty()) {
            return false;
        }
        Walk walk = new Walk(smaller - 1, size - 1);
        walk.skipRightNodes();
        Hash first = whole ? smallerRoot : proof.getFirst();
        Hash second = first;
        for (Hash next : whole ? proof : proof.subList(1, proof.size())) {
            if (walk.ended()) {
                return false;
            }
            if (walk.siblingIsLeft()) {
                first = Hash.node(next, first);
                second = Hash.node(next, second);
                walk.skipLoneNodes();
            } else {
                second = Hash.node(second, next);
            }
            walk.up();
        }
        return walk.ended() && first.equals(smallerRoot) && second.equals(root);
    }

    /** A node and the last one of its row, on the way up. */
    private static final class Walk {

        private long node;
        private long last;

        Walk(long node, long last) {
            this.node = node;
            this.last = last;
        }

        boolean ended() {
            return last == 0;
        }

        boolean siblingIsLeft() {
            return (node & 1) == 1 || node == last;
        }

        /** Nodes at the right edge without a sibling are the same in the row above. */
        void skipLoneNodes() {
            while ((node & 1) == 0 && node != 0) {
                up();
            }
        }

        void skipRightNodes() {
            while ((node & 1) == 1) {
                up();
            }
        }

        void up() {
            node >>>= 1;
            last >>>= 1;
        }
    }
}
