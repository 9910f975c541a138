"""The commands of `trophees`, one file per noun."""
