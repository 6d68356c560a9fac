"""What the protocol asks of any resource: connections, guards, formats, parameters, problems."""
