"""The purpose test: whom a site protects, beside whose missiles it reaches."""
