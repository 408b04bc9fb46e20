"""How fast the portal is, as ratios to a bare page that does the same work in the same run."""
