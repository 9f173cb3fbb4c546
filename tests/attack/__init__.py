"""Attacks on the whole: what a copy opens, what clear columns single out, who gets past a door, what hostile input does."""
