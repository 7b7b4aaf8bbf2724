"""The one guard and the one outbound session that feeds and sinks share."""
