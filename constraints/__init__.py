"""What a roster must and should be: every rule written once, as shapes over duties and as words."""
