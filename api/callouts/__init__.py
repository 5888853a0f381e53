"""Short notice: a duty whose person cannot come is offered to ranked legal stand-ins, in turn or at once."""
