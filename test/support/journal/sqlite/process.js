// A process that opens an SQLite file, runs the SQL it is given, says so, and stays until it is ended.
const [module, path, sql] = process.argv.slice(2)
const { openSqlite } = await import(module)
const connection = openSqlite(path)
connection.exec('pragma busy_timeout = 5000')
for (const each of sql.split(';')) connection.all(each)
process.send('done')
// As long as its parent is there, and so that nothing is collected.
process.on('message', () => connection.close())
