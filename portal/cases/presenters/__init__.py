"""What pages show of a case, made ready: days with their sources, the drawn term, the story. Nothing is written."""
