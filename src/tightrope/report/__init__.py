"""What a person reads of a result: judgements first, then numbers, then the evidence behind them."""
