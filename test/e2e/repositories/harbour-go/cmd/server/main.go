package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"

	"example.com/harbour/internal/store"
)

// envOr: TODO move to a config package (since 2019).
func envOr(name, other string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return other
}

func main() {
	ships := store.New()
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok\n")) })
	http.HandleFunc("/ships", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("content-type", "application/json")
		json.NewEncoder(w).Encode(ships.All())
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("harbour on " + r.Host + "\n"))
	})
	address := ":" + envOr("PORT", "8080")
	log.Printf("listening on %s, log level %s", address, envOr("LOG_LEVEL", "info"))
	log.Fatal(http.ListenAndServe(address, nil))
}
