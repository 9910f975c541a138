"""What a submission costs, beside one bare insert of a row."""
