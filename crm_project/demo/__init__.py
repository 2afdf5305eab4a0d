"""The demo: two organizations with a year behind them, told through the hall so that every rule holds."""
