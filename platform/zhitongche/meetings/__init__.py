"""Meetings 会议: the monthly day and the city meeting, planned backward from their day; what they decide."""
