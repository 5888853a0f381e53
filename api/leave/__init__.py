"""Leave (S17): kinds and balances, who decides by its length, told by phone in need, a daily allowance with a queue."""
