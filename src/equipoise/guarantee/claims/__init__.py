"""Published claims of both sides: what each states, our verdict under it, and what parts two of them."""
