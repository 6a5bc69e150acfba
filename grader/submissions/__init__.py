"""What lies in a download of a learning management system, or in a plain folder: whose it is, and when it came."""
