import pg from 'pg'

/** Connects to a database. The caller ends it. */
export async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  // The server may be stopped while this is connected.
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Runs SQL over a connection of its own; resolves to the rows. */
export async function runSql(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = await connectTo(url)
  try {
    return (await client.query(text)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}
