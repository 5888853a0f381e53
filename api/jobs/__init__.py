"""Work behind the scenes: durable jobs on DBOS, a solver in a process of its own, and the tick of the monthly cycle."""
