"""From a file to plain data with the line and column of every value, and from a fault to a place.

Nothing here knows what the data mean: that is for the edge models.
"""

from equipoise.scenario.reading.csv_text import Table, read_csv, read_header
from equipoise.scenario.reading.names import did_you_mean, nearest
from equipoise.scenario.reading.places import fact_path
from equipoise.scenario.reading.validate import check_with
from equipoise.scenario.reading.yaml_text import Document, read_bytes, read_yaml, read_yaml_text

__all__ = [
    "Document",
    "Table",
    "check_with",
    "did_you_mean",
    "fact_path",
    "nearest",
    "read_bytes",
    "read_csv",
    "read_header",
    "read_yaml",
    "read_yaml_text",
]
