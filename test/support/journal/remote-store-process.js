// A process that opens a store and does with it what its parent asks for.
const [module, url, owner, deadlineMs] = process.argv.slice(2)
const { openStore } = await import(module)
const store = openStore(url, { owner, keys: [new Uint8Array(32).fill(7)], deadlineMs: Number(deadlineMs) })

process.on('message', ({ id, method, args }) => {
  store[method](...args).then(
    (value) => process.send({ id, value }),
    (error) => process.send({ id, error: `${error.name}: ${error.message}` }),
  )
})
process.send({ id: 0 })
