"""The accords, one file each, its articles beside the code; ``judging.ACCORDS`` names them."""
