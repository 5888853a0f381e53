"""The month board: all that a scheduler looks at while making a month, at once, and what each edit moves in it."""
