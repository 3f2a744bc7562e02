"""What the platform costs the processor, beside a bare handler on the same database in the same run.

    DATABASE_URL=postgresql+psycopg://postgres@127.0.0.1:5432/postgres python -m bench.speed

Makes a database of its own on that server, fills it with the demo and with an event of 2,000
delegates, serves it with gunicorn as delivered (two processes, the worker beside them), prints a
table and drops the database. CPU is user and system time of the processes of gunicorn, of the
worker and of PostgreSQL's connections to this database, so they have to be on this machine.
"""
