"""Official papers 公文: templates filled from cases, drafted, reviewed, approved, issued. Floor above casework."""
