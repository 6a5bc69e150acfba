"""Where submissions are graded: in processes of this machine, or on a cluster. All of them give the same lines."""
