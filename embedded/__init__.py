"""The parts that `trophees up` carries with it: database, engine, mail, registry."""
