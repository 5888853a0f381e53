"""How the service talks HTTP: problems, preconditions, answers given once, pages, limits."""
