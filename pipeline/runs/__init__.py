"""What a run is made of: the ledger of what is done, what the user is shown, the files that are written."""
