"""Whether an edition stays light when its territories fill up."""
