"""Case folders: evidence as it is taken, seals, keys, verification, reviews and the trail."""
