"""The secretariat's desk: figures, the rows behind them, and what they mean."""
