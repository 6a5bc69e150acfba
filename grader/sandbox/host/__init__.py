"""The trusted side of the sandbox: it starts processes, keeps the clock, and believes nothing that comes back."""
