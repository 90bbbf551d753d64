package store

import "testing"

func TestAll(t *testing.T) {
	if len(New().All()) == 0 {
		t.Fatal("an empty harbour")
	}
}
