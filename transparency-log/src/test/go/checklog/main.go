// Command checklog checks a shipped log with Go's own verifiers of notes and transparency logs, which know nothing of Forgewatch.
//
// Usage: checklog FOLDER VKEY
//
// FOLDER has checkpoint, tile/..., tile/entries/..., proofs/*.tlog-proof and consistency (a line each: smaller size, its root,
// then the hashes). VKEY is the Ed25519 verifier key.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// folder serves tiles as C2SP tlog-tiles names them: as Go does, without the height.
type folder string

func (f folder) Height() int { return height }

func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: checklog FOLDER VKEY")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func check(root, vkey string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return fmt.Errorf("verifier key: %v", err)
	}
	message, err := os.ReadFile(filepath.Join(root, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := checkpoint(message, verifier)
	if err != nil {
		return fmt.Errorf("checkpoint: %v", err)
	}
	reader := tlog.TileHashReader(tree, folder(root))
	hash, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return fmt.Errorf("tiles: %v", err)
	}
	if hash != tree.Hash {
		return fmt.Errorf("tiles: root %v, not %v", hash, tree.Hash)
	}
	leaves, err := entries(root, tree, reader)
	if err != nil {
		return fmt.Errorf("entries: %v", err)
	}
	proofs, err := inclusion(root, tree, reader, verifier, leaves)
	if err != nil {
		return fmt.Errorf("proof: %v", err)
	}
	extensions, err := consistency(root, tree)
	if err != nil {
		return fmt.Errorf("consistency: %v", err)
	}
	fmt.Printf("holds: %d entries, %d inclusion proofs, %d consistency proofs\n", len(leaves), proofs, extensions)
	return nil
}

func checkpoint(message []byte, verifier note.Verifier) (tree tlog.Tree, err error) {
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	if len(opened.Sigs) != 1 || len(opened.UnverifiedSigs) != 1 {
		return tree, fmt.Errorf("%d known and %d unknown signatures", len(opened.Sigs), len(opened.UnverifiedSigs))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// entries reads all bundles and holds each entry's hash against the tiles.
func entries(root string, tree tlog.Tree, reader tlog.HashReader) (leaves []tlog.Hash, err error) {
	for first := int64(0); first < tree.N; first += 256 {
		tile := tlog.Tile{H: height, L: 0, N: first / 256, W: 256}
		if tree.N-first < 256 {
			tile.W = int(tree.N - first)
		}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return nil, err
		}
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			leaves = append(leaves, tlog.RecordHash(bundle[2:2+length]))
			bundle = bundle[2+length:]
		}
	}
	if int64(len(leaves)) != tree.N {
		return nil, fmt.Errorf("%d, not %d", len(leaves), tree.N)
	}
	for first := 0; first < len(leaves); first += 256 {
		var indexes []int64
		for i := first; i < first+256 && i < len(leaves); i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, int64(i)))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return nil, err
		}
		for i, hash := range hashes {
			if hash != leaves[first+i] {
				return nil, fmt.Errorf("entry %d is not that of the tile", first+i)
			}
		}
	}
	return leaves, nil
}

// inclusion checks each proof, and that Go would have made the same.
func inclusion(root string, tree tlog.Tree, reader tlog.HashReader, verifier note.Verifier, leaves []tlog.Hash) (int, error) {
	files, err := filepath.Glob(filepath.Join(root, "proofs", "*.tlog-proof"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		head, message, _ := bytes.Cut(text, []byte("\n\n"))
		lines := strings.Split(string(head), "\n")
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
		if err != nil || lines[0] != "c2sp.org/tlog-proof@v1" {
			return 0, fmt.Errorf("%s: %v", file, err)
		}
		proof, err := hashes(lines[2:])
		if err != nil {
			return 0, err
		}
		signed, err := checkpoint(message, verifier)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckRecord(proof, signed.N, signed.Hash, index, leaves[index]); err != nil {
			return 0, fmt.Errorf("%s: %v", file, err)
		}
		own, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil || fmt.Sprint(own) != fmt.Sprint(tlog.RecordProof(proof)) {
			return 0, fmt.Errorf("%s: Go proves it by other hashes: %v", file, err)
		}
	}
	return len(files), nil
}

func consistency(root string, tree tlog.Tree) (int, error) {
	text, err := os.ReadFile(filepath.Join(root, "consistency"))
	if err != nil {
		return 0, err
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range lines {
		fields := strings.Fields(line)
		smaller, err := strconv.ParseInt(fields[0], 10, 64)
		if err != nil {
			return 0, err
		}
		proof, err := hashes(fields[1:])
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(proof[1:], tree.N, tree.Hash, smaller, proof[0]); err != nil {
			return 0, fmt.Errorf("from %d: %v", smaller, err)
		}
	}
	return len(lines), nil
}

func hashes(lines []string) (all []tlog.Hash, err error) {
	for _, line := range lines {
		data, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(data) != tlog.HashSize {
			return nil, fmt.Errorf("not a hash: %q", line)
		}
		var hash tlog.Hash
		copy(hash[:], data)
		all = append(all, hash)
	}
	return all, nil
}
