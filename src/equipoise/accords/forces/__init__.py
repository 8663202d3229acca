"""Forces in an area: whose stand there and for how long, rival lines of what is substantial, the verdict."""
