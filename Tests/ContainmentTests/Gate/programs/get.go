package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	answer, failure := http.Get(os.Args[1])
	if failure != nil {
		fmt.Fprintln(os.Stderr, failure)
		os.Exit(1)
	}
	io.Copy(os.Stdout, answer.Body)
}
