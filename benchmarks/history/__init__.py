"""How much the engine keeps, and bills, for an application and for a cycle."""
