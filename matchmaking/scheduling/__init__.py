"""The scheduler: plain values in, plain values out, no Flask and no database."""
