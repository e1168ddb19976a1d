import { Worker } from 'node:worker_threads'
import { processUsage } from '../lib/usage.mjs'
import { Latencies } from './latencies.mjs'
import { monotonicMs } from './monotonic.mjs'
import { requestMaker } from './request-maker.mjs'
import { ShopConnection } from './shop-connection.mjs'

const GIVE_UP_MS = 30_000
const LONGEST_EXTRA_WARM_UP_MS = 3_000
const MOST_WRONG_KEPT = 3
const SAMPLE_EVERY_MS = 250
const OPENED_AT_ONCE = 64

/**
 * Loads a server. Takes its `port` and `pid`, the `request` (see request-maker), how many `connections`, a warm-up
 * (at least `ms` and `count`) and a measured part (`ms` or `count`), and `rate` in requests per second: without one every
 * connection asks again as soon as it is answered. With one, requests are due at fixed times, and latency counts from
 * then on, whether or not a connection was free: a server that stalls cannot hide it.
 * The clock of a rate is watched without a pause, unless the core is not the load's alone (`sharesCore`).
 * `everyLatency` asks for each single latency; `tree` counts the server's children in; `longestMs` bounds a part that is counted in requests.
 * Returns what the measured part came to: requests, seconds, latencies, the server's CPU, samples of its memory from the
 * warm-up on, and wrong answers.
 */
export async function runLoad(options) {
  const { port, connections, rate } = options
  const run = new Run(options)
  const open = Array.from(
    { length: connections },
    () => new ShopConnection(port, (...answer) => run.answered(...answer)),
  )
  // All at once would measure how many callers the system lets wait at the door.
  for (let first = 0; first < connections; first += OPENED_AT_ONCE) {
    await Promise.all(open.slice(first, first + OPENED_AT_ONCE).map((connection) => connection.open()))
  }
  try {
    return await (rate === undefined ? run.inTurn(open) : run.atRate(open, rate))
  } finally {
    for (const connection of open) connection.close()
  }
}

/** Calls with each time that is due, until the answer is no. Timers are a millisecond apart; the core has nothing else to do. */
function watchingClock(everyMs, sendOne) {
  let nextAt = performance.now()
  const tick = () => {
    for (const now = performance.now(); nextAt <= now; nextAt += everyMs) if (!sendOne(nextAt)) return
    setImmediate(tick)
  }
  tick()
}

/** The same, with a thread that waits for each time, and needs no core for that. */
function withMetronome(everyMs, sendOne) {
  const metronome = new Worker(new URL('./metronome.mjs', import.meta.url), { workerData: everyMs })
  const onBeat = (dueAt) => {
    if (sendOne(performance.now() - (monotonicMs() - dueAt))) return
    metronome.off('message', onBeat)
    metronome.terminate()
  }
  metronome.on('message', onBeat)
}

class Run {
  #options
  #make
  #latencies = new Latencies()
  #phase = 'warm-up'
  #answers = 0
  #wrong = 0
  #wrongAnswers = []
  #memory = []
  #warmUntil = 0
  #begun
  #ended
  #idle = []
  #finish
  /** What is done with a connection that was answered. */
  #next

  constructor(options) {
    this.#options = options
    this.#make = requestMaker(options.request)
  }

  inTurn(connections) {
    this.#next = (connection) => {
      if (this.#phase !== 'over') this.#send(connection, performance.now())
      else this.#rest(connection, connections.length)
    }
    return this.#through(() => connections.forEach(this.#next))
  }

  atRate(connections, rate) {
    this.#idle = [...connections]
    const due = []
    this.#next = (connection) => {
      const since = due.shift()
      if (since === undefined) this.#rest(connection, connections.length)
      else this.#send(connection, since)
    }
    const sendOne = (dueAt) => {
      if (this.#phase === 'over') {
        this.#restCheck(connections.length)
        return false
      }
      const connection = this.#idle.pop()
      if (connection === undefined) due.push(dueAt)
      else this.#send(connection, dueAt)
      return true
    }
    const keepTime = this.#options.sharesCore ? withMetronome : watchingClock
    return this.#through(() => keepTime(1_000 / rate, sendOne))
  }

  /** Runs warm-up and measured part; returns the result once all requests that are out were answered. */
  #through(begin) {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => reject(new Error(this.#complaint('no answer within 30 s'))), this.#longestMs())
      const sampling = setInterval(() => this.#sample(), SAMPLE_EVERY_MS)
      this.#finish = () => {
        clearTimeout(giveUp)
        clearInterval(sampling)
        resolve(this.#result())
      }
      const { warmUp } = this.#options
      this.#warmUntil = performance.now() + (warmUp.ms ?? 0)
      setTimeout(() => this.#measureOnceWarm(true), (warmUp.ms ?? 0) + LONGEST_EXTRA_WARM_UP_MS)
      this.#measureOnceWarm()
      begin()
      setTimeout(() => this.#measureOnceWarm(), warmUp.ms ?? 0)
    })
  }

  #longestMs() {
    const { warmUp, measured, longestMs = 120_000 } = this.#options
    return GIVE_UP_MS + LONGEST_EXTRA_WARM_UP_MS + (warmUp.ms ?? 0) + (measured.ms ?? longestMs)
  }

  #send(connection, since) {
    const request = this.#make()
    connection.about = { request, since, measured: this.#phase === 'measured' }
    connection.send(request.text)
  }

  answered(connection, status, body) {
    const { request, since, measured } = connection.about
    if (status !== 200 || !request.isRight(body)) this.#wrongAnswer(status, body)
    this.#answers++
    // Requests that began in the warm-up and end in the measured part belong to neither, as far as time is concerned.
    if (measured) this.#latencies.add(performance.now() - since)
    if (this.#phase === 'warm-up') this.#measureOnceWarm()
    else if (this.#phase === 'measured' && this.#answers === this.#options.measured.count) this.#stop()
    this.#next(connection)
  }

  #measureOnceWarm(impatient = false) {
    if (this.#phase !== 'warm-up') return
    const { warmUp, measured } = this.#options
    const isWarm = this.#answers >= (warmUp.count ?? 0) && performance.now() >= this.#warmUntil
    if (!isWarm && !impatient) return
    this.#phase = 'measured'
    this.#answers = 0
    if (measured.ms !== undefined) setTimeout(() => this.#stop(), measured.ms)
    this.#begun = { at: performance.now(), ...this.#usage() }
  }

  #stop() {
    this.#ended = { at: performance.now(), answers: this.#answers, ...this.#usage() }
    this.#phase = 'over'
  }

  #sample() {
    const { memoryMb } = this.#usage().server
    this.#memory.push({ requests: this.#phase === 'warm-up' ? 0 : this.#answers, memoryMb })
  }

  #usage() {
    const { user, system } = process.cpuUsage()
    return { server: processUsage(this.#options.pid, this.#options.tree), worldCpuMs: (user + system) / 1_000 }
  }

  #rest(connection, all) {
    this.#idle.push(connection)
    this.#restCheck(all)
  }

  #restCheck(all) {
    if (this.#phase === 'over' && this.#idle.length === all) this.#finish()
  }

  #wrongAnswer(status, body) {
    this.#wrong++
    if (this.#wrongAnswers.length < MOST_WRONG_KEPT) {
      this.#wrongAnswers.push(`HTTP ${status}: ${Buffer.from(body, 'latin1').toString().slice(0, 600)}`)
    }
  }

  #complaint(what) {
    return [what, ...this.#wrongAnswers].join('\n')
  }

  #result() {
    const seconds = (this.#ended.at - this.#begun.at) / 1_000
    const { answers } = this.#ended
    const cpuMs = this.#ended.server.cpuMs - this.#begun.server.cpuMs
    return {
      requests: answers,
      seconds,
      perSecond: answers / seconds,
      cpuMicros: (cpuMs * 1_000) / answers,
      /** How much of one core the server had, and how much of its own the world needed. */
      serverBusy: cpuMs / 1_000 / seconds,
      worldBusy: (this.#ended.worldCpuMs - this.#begun.worldCpuMs) / 1_000 / seconds,
      memoryMb: this.#ended.server.memoryMb,
      memory: this.#memory,
      latency: this.#latencies.summary(this.#options.everyLatency),
      wrong: this.#wrong,
      wrongAnswers: this.#wrongAnswers,
    }
  }
}
