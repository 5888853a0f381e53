"""What talks: files, command line, HTTP and feeds; the only room with windows."""
