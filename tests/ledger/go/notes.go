// Opens a signed note with Go's own library, and signs one: `notes open VKEY < NOTE`, `notes sign SKEY < TEXT`.
package main

import (
	"fmt"
	"io"
	"log"
	"os"

	"golang.org/x/mod/sumdb/note"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	must(err)
	if os.Args[1] == "sign" {
		signer, err := note.NewSigner(os.Args[2])
		must(err)
		signed, err := note.Sign(&note.Note{Text: string(input)}, signer)
		must(err)
		os.Stdout.Write(signed)
		return
	}
	verifier, err := note.NewVerifier(os.Args[2])
	must(err)
	opened, err := note.Open(input, note.VerifierList(verifier))
	must(err)
	fmt.Printf("%d %d\n%s", len(opened.Sigs), len(opened.UnverifiedSigs), opened.Text)
}
