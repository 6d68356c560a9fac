"""Serve a graph over HTTP, read only: a SPARQL endpoint, the named queries, evidence and downloads.

    routes/    what a client can ask for; requests are checked here and turned into jobs
    http/      what the protocol asks of any of them: connections, guards, formats, parameters, problems
    jobs/      what a job does; runs in a worker process, with the graph open
    workers/   the processes: started, fenced in, asked, stopped when their time is up, replaced

The process that talks to clients never opens the graph and never runs a query.

To add a resource: a module in ``routes/`` with ``routes()``, listed in :func:`kg.serve.app._routes`; where it needs the
graph, a function in a module of its own that takes a :class:`kg.serve.jobs.context.Context`, an output and JSON
arguments, writes the answer and returns its media type, which the route asks for by name (:func:`kg.serve.asking.ask`).
"""
