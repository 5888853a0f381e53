"""Reading what people bring and writing what they get."""
