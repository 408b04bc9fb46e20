"""An approval by word of mouth, in an emergency: confirmed in writing within 24 hours, or lapsed."""
