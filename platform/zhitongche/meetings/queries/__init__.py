"""What screens may know of meetings: frozen values, already cut to what the reader may see."""
