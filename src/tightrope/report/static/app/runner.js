// Runs for the page: asks when something moved, keeps the latest frame and the baseline's, and takes the time.

import { frames, Latest } from './api.js'

// Levers are at rest after so many milliseconds without a move.
const REST = 600
// That runs go on is said after so many: what is answered at once need not say so first.
const SOON = 150

export class Runner {
  frame = null
  baseline = null
  timings = []
  /** While true nothing is computed: an address of another version of the case waits for its reader. */
  held = false
  #wanted = new Map()
  #rest = null
  #soon = null
  #moved = null
  #beside = ''
  #run = ''

  /** `ask()` gives the question as it stands, `tell(name, detail)` an event, `trouble(error)` what failed. */
  constructor({ ask, plain, ready, tell, trouble }) {
    Object.assign(this, { ask, plain, ready, tell, trouble })
    this.latest = new Latest({
      heard: frame => this.#heard(frame), failed: error => this.#failed(error), settled: () => this.#settled(),
    })
  }

  get wanted() { return [...new Set([...this.#wanted.values()].flat())] }

  get idle() { return this.latest.idle && this.timings.every(one => one.final_ms !== null || one.dropped) }

  /** A handle began to move: from here on until charts are repainted the time is taken. */
  began() {
    this.#moved = performance.now()
    performance.mark('lever')
  }

  /** Which charts `owner` shows; runs again only if some are not at hand. */
  want(fans, owner) {
    this.#wanted.set(owner, [...new Set(fans)])
    if (fans.some(each => !this.frame?.header.fans.includes(each))) this.run()
  }

  run() {
    if (this.held || !this.ready()) return
    clearTimeout(this.#rest)
    this.#soon ??= setTimeout(() => {
      this.#soon = null
      this.tell('status', 'running')
    }, SOON)
    const question = this.ask()
    this.#run = JSON.stringify(question)
    const serial = this.latest.ask({ ...question, fans: this.wanted })
    if (this.#moved !== null) this.timings.push({ serial, at: this.#moved, preview_ms: null, final_ms: null })
    this.#moved = null
  }

  #heard(frame) {
    // An answer to what was asked before the last move is as good as no answer.
    if (this.frame && frame.header.serial < this.frame.header.serial) return
    this.frame = frame
    this.#answered()
    for (const one of this.timings) if (one.serial < frame.header.serial && one.final_ms === null) one.dropped = true
    if (frame.header.final) this.#keepBaseline(frame)
    this.tell('status', frame.header.final ? 'done' : `preview of ${frame.header.runs} runs`)
    this.tell('frame', frame)
    const timing = this.timings.find(one => one.serial === frame.header.serial)
    if (timing) requestAnimationFrame(() => painted(timing, frame.header.final))
  }

  #keepBaseline(frame) {
    if (this.plain()) {
      this.baseline = frame
      this.#beside = this.#key()
    } else this.#fetchBaseline()
  }

  #key() { return JSON.stringify({ ...this.ask(), base: null, levers: {} }) }

  /** The case without levers, for the charts that are seen; the server has it at hand, since gaps are taken from it. */
  async #fetchBaseline() {
    const key = this.#key()
    const missing = this.wanted.some(each => this.baseline === null || this.baseline.place(each) < 0)
    if (key === this.#beside && !missing) return
    try {
      for await (const frame of frames({ ...JSON.parse(key), fans: this.wanted, preview: false })) {
        if (key !== this.#key()) return
        this.baseline = frame
        this.#beside = key
        this.tell('baseline', frame)
      }
    } catch (error) { console.warn(error.message) }
  }

  #answered() {
    clearTimeout(this.#soon)
    this.#soon = null
  }

  #failed(error) {
    this.#answered()
    this.tell('status', 'failed')
    this.trouble(error)
  }

  #settled() {
    if (!this.frame?.header.final || this.#run !== JSON.stringify(this.ask())) return
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.tell('settled', this.frame), REST)
  }

  /** Another case, day or set of sources: what was computed is of no use any more. */
  forget() {
    this.frame = this.baseline = null
    this.#beside = ''
  }
}

/** Charts are drawn in the frame before this one: what was moved can be seen now. */
function painted(timing, final) {
  const duration = performance.now() - timing.at
  if (final) timing.final_ms = duration
  else timing.preview_ms = duration
  performance.measure(final ? 'repaint-final' : 'repaint-preview', { start: timing.at, duration })
}
