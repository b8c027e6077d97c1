package io.forgewatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The tree against {@link NaiveTree}. */
class MerkleTreeTest {

    private static final List<Hash> LEAVES = NaiveTree.leaves(70_000);

    @Test
    void given_small_trees_when_every_proof_is_made_then_it_is_the_defined_one_and_holds() {
        for (int size = 1; size <= 40; size++) {
            for (int other = 0; other < size; other++) {
                inclusion(other, size);
                consistency(other, size);
            }
            consistency(size, size);
        }
    }

    @Property(tries = 40)
    void given_any_tree_when_inclusion_is_proven_then_it_holds(
            @ForAll @IntRange(min = 1, max = 3000) int size, @ForAll @IntRange(max = 2999) int index) {
        inclusion(index % size, size);
    }

    @Property(tries = 40)
    void given_any_two_sizes_when_consistency_is_proven_then_it_holds(
            @ForAll @IntRange(min = 1, max = 3000) int size, @ForAll @IntRange(max = 3000) int smaller) {
        consistency(smaller % (size + 1), size);
    }

    @Property(tries = 60)
    void given_a_right_proof_when_anything_is_changed_then_it_does_not_hold(
            @ForAll @IntRange(min = 2, max = 700) int size,
            @ForAll @IntRange(max = 699) int at,
            @ForAll @IntRange(max = 11) int place) {
        int index = at % size;
        Hash root = NaiveTree.root(LEAVES.subList(0, size));
        List<Hash> proof = NaiveTree.inclusion(index, LEAVES.subList(0, size));
        Hash leaf = LEAVES.get(index);

        assertThat(MerkleProof.includes(index, size, Hash.node(leaf, leaf), proof, root))
                .isFalse();
        assertThat(MerkleProof.includes(index, size, leaf, proof, leaf)).isFalse();
        assertThat(MerkleProof.includes(index, size, leaf, changed(proof, place), root))
                .isFalse();
        assertThat(MerkleProof.includes(index, size, leaf, longer(proof), root)).isFalse();
        assertThat(MerkleProof.includes(index, size, leaf, proof.subList(1, proof.size()), root))
                .isFalse();
        assertThat(MerkleProof.includes((index + 1) % size, size, leaf, proof, root))
                .isFalse();
        assertThat(MerkleProof.includes(-1, size, leaf, proof, root)).isFalse();
        assertThat(MerkleProof.includes(size, size, leaf, proof, root)).isFalse();

        int smaller = index == 0 ? 1 : index;
        Hash earlier = NaiveTree.root(LEAVES.subList(0, smaller));
        List<Hash> extension = NaiveTree.consistency(smaller, LEAVES.subList(0, size));
        assertThat(MerkleProof.extend(smaller, leaf, size, leaf, extension)).isFalse();
        assertThat(MerkleProof.extend(smaller, earlier, size, root, changed(extension, place)))
                .isFalse();
        assertThat(MerkleProof.extend(smaller, earlier, size, root, longer(extension)))
                .isFalse();
        assertThat(MerkleProof.extend(smaller, earlier, size, root, extension.subList(1, extension.size())))
                .isFalse();
        assertThat(MerkleProof.extend(size, root, smaller, earlier, extension)).isFalse();
    }

    @Test
    void given_other_trees_at_the_ends_when_consistency_is_checked_then_only_what_is_true_holds() {
        Hash root = NaiveTree.root(LEAVES.subList(0, 5));
        assertThat(MerkleProof.extend(0, Hash.ofEmptyTree(), 5, root, List.of()))
                .isTrue();
        assertThat(MerkleProof.extend(0, root, 5, root, List.of())).isFalse();
        assertThat(MerkleProof.extend(0, Hash.ofEmptyTree(), 5, root, List.of(root)))
                .isFalse();
        assertThat(MerkleProof.extend(5, root, 5, root, List.of())).isTrue();
        assertThat(MerkleProof.extend(5, Hash.ofEmptyTree(), 5, root, List.of()))
                .isFalse();
        assertThat(MerkleProof.extend(3, root, 5, root, List.of())).isFalse();
        assertThat(MerkleProof.extend(-1, root, 5, root, List.of())).isFalse();
    }

    @Test
    void given_a_growing_edge_when_tiles_fill_then_tiles_and_roots_are_the_defined_ones() {
        RightEdge edge = new RightEdge();
        Map<Tile, TileHashes> tiles = new HashMap<>();
        for (int size = 1; size <= LEAVES.size(); size++) {
            edge.append(LEAVES.get(size - 1)).forEach(filled -> tiles.put(filled.tile(), filled.hashes()));
            if (size % 9973 == 0 || size == 256 || size == 257 || size == 65_536 || size == 70_000) {
                Map<Tile, TileHashes> all = new HashMap<>(tiles);
                all.putAll(edge.partialTiles());
                assertSame(all, NaiveTree.tiles(LEAVES.subList(0, size)));
                Hash root = NaiveTree.root(LEAVES.subList(0, size));
                assertThat(edge.root()).isEqualTo(root);
                assertThat(ProofPlan.root(size, tile -> Optional.ofNullable(all.get(tile))))
                        .isEqualTo(root);
            }
        }
        // C2SP's own example.
        assertThat(tiles.keySet().stream().filter(tile -> tile.level() == 0)).hasSize(273);
        assertThat(edge.partialTiles().keySet())
                .containsExactly(new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1));
    }

    @Property(tries = 30)
    void given_a_stored_tree_when_the_edge_is_resumed_then_it_grows_as_if_never_put_down(
            @ForAll @IntRange(max = 2000) int size, @ForAll @IntRange(max = 600) int more) {
        RightEdge edge = RightEdge.resume(size, NaiveTree.source(LEAVES.subList(0, size)));
        LEAVES.subList(size, size + more).forEach(edge::append);
        assertThat(edge.size()).isEqualTo(size + more);
        assertThat(edge.root()).isEqualTo(NaiveTree.root(LEAVES.subList(0, size + more)));
    }

    @Test
    void given_a_source_that_lacks_a_tile_when_read_then_it_is_named() {
        assertThatThrownBy(() -> ProofPlan.inclusion(3, 300).hashes(tile -> Optional.empty()))
                .isInstanceOf(TileMissingException.class)
                .hasMessageContaining("tile/0/000");
        assertThatThrownBy(() -> RightEdge.resume(300, tile -> Optional.of(TileHashes.of(LEAVES.subList(0, 1)))))
                .isInstanceOf(TileMissingException.class)
                .hasMessageContaining("tile/0/001.p/44");
        assertThatThrownBy(() -> ProofPlan.inclusion(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProofPlan.consistency(6, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void inclusion(int index, int size) {
        List<Hash> leaves = LEAVES.subList(0, size);
        ProofPlan plan = ProofPlan.inclusion(index, size);
        List<Hash> proof = plan.hashes(onlyPlanned(plan, leaves));
        assertThat(proof).isEqualTo(NaiveTree.inclusion(index, leaves));
        assertThat(MerkleProof.includes(index, size, leaves.get(index), proof, NaiveTree.root(leaves)))
                .isTrue();
    }

    private static void consistency(int smaller, int size) {
        List<Hash> leaves = LEAVES.subList(0, size);
        ProofPlan plan = ProofPlan.consistency(smaller, size);
        List<Hash> proof = plan.hashes(onlyPlanned(plan, leaves));
        if (smaller > 0) {
            assertThat(proof).isEqualTo(NaiveTree.consistency(smaller, leaves));
        }
        Hash earlier = NaiveTree.root(LEAVES.subList(0, smaller));
        assertThat(MerkleProof.extend(smaller, earlier, size, NaiveTree.root(leaves), proof))
                .isTrue();
    }

    private static TileSource onlyPlanned(ProofPlan plan, List<Hash> leaves) {
        Map<Tile, TileHashes> tiles = NaiveTree.tiles(leaves);
        return tile -> {
            assertThat(plan.tiles()).contains(tile);
            return Optional.ofNullable(tiles.get(tile));
        };
    }

    private static void assertSame(Map<Tile, TileHashes> left, Map<Tile, TileHashes> right) {
        assertThat(left.keySet()).isEqualTo(right.keySet());
        left.forEach((tile, hashes) ->
                assertThat(hashes.bytes()).isEqualTo(right.get(tile).bytes()));
    }

    private static List<Hash> changed(List<Hash> proof, int place) {
        if (proof.isEmpty()) {
            return List.of(Hash.ofEmptyTree());
        }
        List<Hash> changed = new ArrayList<>(proof);
        changed.set(place % proof.size(), Hash.ofEmptyTree());
        return changed;
    }

    private static List<Hash> longer(List<Hash> proof) {
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(Hash.ofEmptyTree());
        return longer;
    }
}
