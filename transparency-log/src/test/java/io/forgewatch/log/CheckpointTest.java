package io.forgewatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Checkpoints, and the proofs that carry them. */
class CheckpointTest {

    private static final String ORIGIN = "forgewatch.example:8081/log/2";
    private static final SigningKey ED = NoteTest.key(ORIGIN, SignatureAlgorithm.ED25519);
    private static final SigningKey SM = NoteTest.key(ORIGIN, SignatureAlgorithm.SM2_SM3);
    private static final List<VerifierKey> KNOWN = List.of(ED.verifierKey(), SM.verifierKey());
    private static final List<Hash> LEAVES = NaiveTree.leaves(300);
    private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 300, NaiveTree.root(LEAVES));

    @Test
    void given_c2sps_example_when_read_and_written_then_the_same() {
        String text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        Checkpoint checkpoint = Checkpoint.parse(text);
        assertThat(checkpoint.size()).isEqualTo(20_852_163);
        assertThat(checkpoint.text()).isEqualTo(text);
        assertThat(Checkpoint.parse(text + "extension\n").extensions()).containsExactly("extension");
        assertThat(Checkpoint.parse(text + "extension\n").text()).isEqualTo(text + "extension\n");
    }

    @Test
    void given_what_is_no_checkpoint_when_read_then_refused() {
        String root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
        for (String wrong : List.of(
                "",
                "a\n1\n",
                "a\n1\n" + root,
                "\n1\n" + root + "\n",
                "a\n01\n" + root + "\n",
                "a\n-1\n" + root + "\n",
                "a\n+1\n" + root + "\n",
                "a\n9223372036854775808\n" + root + "\n",
                "a\n1\nAAAA\n",
                "a\n1\n" + root + "\n\n",
                "a\n1\n" + root.replace("2I=", "2J=") + "\n",
                "a\n\n" + root + "\n")) {
            assertThatThrownBy(() -> Checkpoint.parse(wrong)).as(wrong).isInstanceOf(LogFormatException.class);
        }
    }

    @Test
    void given_a_signed_checkpoint_when_checked_then_only_keys_of_its_origin_count() {
        Note note = CHECKPOINT.sign(List.of(ED, SM));
        assertThat(Checkpoint.of(note)).isEqualTo(CHECKPOINT);
        assertThat(Checkpoint.check(note, KNOWN)).isEqualTo(new Note.Check.Signed(KNOWN));
        // The same text, signed by a key that is trusted for another log.
        SigningKey other = NoteTest.key("other.example/log/1", SignatureAlgorithm.ED25519);
        Note foreign = Note.sign(CHECKPOINT.text(), List.of(other));
        assertThat(Checkpoint.check(foreign, List.of(other.verifierKey()))).isEqualTo(new Note.Check.UnknownSigner());
        assertThatThrownBy(() -> CHECKPOINT.sign(List.of(other))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void given_origins_when_read_and_written_then_the_same_or_refused() {
        assertThat(Origin.parse(ORIGIN)).isEqualTo(new Origin("forgewatch.example:8081", 2));
        assertThat(Origin.parse(ORIGIN).next()).hasToString("forgewatch.example:8081/log/3");
        for (String wrong :
                List.of("", "x/log/0", "x/log/01", "x/log/", "/log/1", "x y/log/1", "x+y/log/1", "x/log/1/")) {
            assertThatThrownBy(() -> Origin.parse(wrong)).as(wrong).isInstanceOf(LogFormatException.class);
        }
    }

    @Test
    void given_a_proof_when_written_and_read_then_the_same_and_it_holds() {
        TlogProof proof = proof(42);
        TlogProof read = TlogProof.parse(proof.bytes());
        assertThat(read).isEqualTo(proof);
        assertThat(new String(proof.bytes(), StandardCharsets.UTF_8))
                .startsWith("c2sp.org/tlog-proof@v1\nindex 42\n")
                .contains("=\n\n" + ORIGIN + "\n300\n");
        assertThat(read.check(LEAVES.get(42), KNOWN)).isEqualTo(new TlogProof.Check.Holds(CHECKPOINT, KNOWN));
        TlogProof withExtra = new TlogProof(Optional.of("YWJj"), 42, proof.hashes(), proof.checkpoint());
        assertThat(TlogProof.parse(withExtra.bytes())).isEqualTo(withExtra);
        TlogProof alone = new TlogProof(0, List.of(), new Checkpoint(ORIGIN, 1, LEAVES.getFirst()).sign(List.of(ED)));
        assertThat(TlogProof.parse(alone.bytes()).check(LEAVES.getFirst(), KNOWN))
                .isInstanceOf(TlogProof.Check.Holds.class);
    }

    @Test
    void given_a_proof_that_does_not_hold_when_checked_then_it_says_why() {
        assertThat(proof(42).check(LEAVES.get(43), KNOWN)).isEqualTo(new TlogProof.Check.NotIncluded(CHECKPOINT));
        assertThat(new TlogProof(43, proof(42).hashes(), proof(42).checkpoint()).check(LEAVES.get(42), KNOWN))
                .isEqualTo(new TlogProof.Check.NotIncluded(CHECKPOINT));
        assertThat(proof(42).check(LEAVES.get(42), List.of()))
                .isEqualTo(new TlogProof.Check.NotSigned(CHECKPOINT, new Note.Check.UnknownSigner()));
        Checkpoint larger = new Checkpoint(ORIGIN, 301, CHECKPOINT.root());
        Note forged = new Note(larger.text(), CHECKPOINT.sign(List.of(ED)).signatures());
        assertThat(new TlogProof(42, proof(42).hashes(), forged).check(LEAVES.get(42), KNOWN))
                .isEqualTo(new TlogProof.Check.NotSigned(larger, new Note.Check.Forged(ED.verifierKey())));
    }

    @Test
    void given_what_is_no_proof_when_read_then_refused() {
        String right = new String(proof(42).bytes(), StandardCharsets.UTF_8);
        for (String wrong : List.of(
                "",
                right.replace("@v1", "@v2"),
                right.replace("index 42\n", ""),
                right.replace("index 42", "index 042"),
                right.replace("index 42", "index -1"),
                right.replaceFirst("=\n", "\n"),
                right.replace("\n\n", "\n"),
                right.replace("index 42", "extra !\nindex 42"),
                right.replace("index 42\n", "index 42\nAAAA\n"),
                right.stripTrailing(),
                right.replace("300\n", "0300\n"))) {
            assertThatThrownBy(() -> TlogProof.parse(wrong.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(LogFormatException.class);
        }
    }

    @Property
    void given_any_bytes_when_read_then_refused_by_a_format_exception(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> TlogProof.parse(bytes)).isInstanceOf(LogFormatException.class);
    }

    private static TlogProof proof(int index) {
        return new TlogProof(
                index,
                ProofPlan.inclusion(index, 300).hashes(NaiveTree.source(LEAVES)),
                CHECKPOINT.sign(List.of(ED, SM)));
    }
}
