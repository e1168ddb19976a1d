/**
 * Takes a time in milliseconds and a promise; returns whether that was kept in time. Rejects with what it rejects with
 * in that time; what comes of it later is nobody's business.
 */
export async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false)
  })
  try {
    return await Promise.race([promise.then(() => true), over])
  } finally {
    clearTimeout(timer)
    promise.catch(() => {})
  }
}
