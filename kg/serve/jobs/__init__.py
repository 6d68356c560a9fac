"""What workers do: functions of an open graph and JSON arguments that write an answer."""
