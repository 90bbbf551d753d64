// Command seed prints ships; it was for a database that never came.
package main

import (
	"fmt"

	"example.com/harbour/internal/store"
)

func main() {
	for _, ship := range store.New().All() {
		fmt.Println(ship.Name)
	}
}
