// Questions to the server. Of moved levers only the last answer counts; answers come as frames of bytes.

const BUSY = 429
const PAUSE = 1000

async function refusal(answer) {
  let told = {}
  try { told = await answer.json() } catch { /* no sentence came with it */ }
  const error = new Error(told.error ?? told.detail ?? `the server answered ${answer.status}`)
  error.status = answer.status
  error.faults = told.faults
  error.told = told
  return error
}

/** A JSON question; rejects with the server's sentence. */
export async function send(method, path, body, signal) {
  const options = { method, signal, headers: { Accept: 'application/json' } }
  if (body !== undefined) {
    options.headers['Content-Type'] = body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json'
    options.body = body instanceof Blob ? body : JSON.stringify(body)
  }
  let answer
  try { answer = await fetch(path, options) } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new Error('The server does not answer. Is `tightrope serve` still running?')
  }
  if (!answer.ok) throw await refusal(answer)
  const kind = answer.headers.get('Content-Type') ?? ''
  return kind.includes('json') ? answer.json() : answer.blob()
}

export function get(path, query = {}) {
  const told = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '')
  const text = new URLSearchParams(told).toString()
  return send('GET', text ? `${path}?${text}` : path)
}

export const post = (path, body, signal) => send('POST', path, body, signal)

/** One answer, unpacked: its head, and its arrays as views of the bytes. */
export class Frame {
  constructor(head, body) {
    this.header = head
    this.arrays = {}
    this.shapes = {}
    for (const { name, shape, offset } of head.arrays) {
      const size = shape.reduce((product, each) => product * each, 1)
      this.arrays[name] = new Float32Array(body, offset, size)
      this.shapes[name] = shape
    }
  }

  /** One value: at('bands', fan, quantile, month). */
  at(name, ...where) {
    const place = this.shapes[name].reduce((sum, size, axis) => sum * size + where[axis], 0)
    return this.arrays[name][place]
  }

  /** One row of the last axis: row('bands', fan, quantile). */
  row(name, ...where) {
    const shape = this.shapes[name]
    const length = shape.at(-1)
    const place = where.reduce((sum, at, axis) => sum * shape[axis] + at, 0) * length
    return this.arrays[name].subarray(place, place + length)
  }

  /** The place of a chart among those that were asked for, -1 if it was not. */
  place(fan) { return this.header.fans.indexOf(fan) }
}

/** Frames of an answer as they come in; one that is asked for aside gives no client, and nothing overtakes it. */
export async function* frames(body, signal) {
  let answer
  try {
    answer = await fetch('/api/runs', {
      method: 'POST', signal, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    })
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new Error('The server does not answer. Is `tightrope serve` still running?')
  }
  if (!answer.ok) throw await refusal(answer)
  const reader = answer.body.getReader()
  let bytes = new Uint8Array(0)
  for (;;) {
    const { done, value } = await reader.read()
    if (value) {
      const joined = new Uint8Array(bytes.length + value.length)
      joined.set(bytes)
      joined.set(value, bytes.length)
      bytes = joined
    }
    // Of frames that came in together only the last is worth painting.
    let latest = null
    for (let cut = whole(bytes); cut; cut = whole(bytes)) {
      latest = new Frame(cut.head, bytes.slice(cut.from, cut.to).buffer)
      bytes = bytes.subarray(cut.to)
    }
    if (latest) yield latest
    if (done) return
  }
}

/** Where the first frame lies, if all of it is there. */
function whole(bytes) {
  if (bytes.length < 4) return null
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (bytes.length < 4 + length) return null
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)))
  const from = 4 + length
  return bytes.length < from + head.bytes ? null : { head, from, to: from + head.bytes }
}

/**
 * Asks one question at a time and remembers one more: the last. A question is given up for a later one as soon as its
 * first frame is painted, not before: so charts follow a handle that is dragged without a stop.
 */
export class Latest {
  #client = crypto.randomUUID?.() ?? String(Math.random())
  #serial = 0
  #running = null
  #next = null

  /** `heard(frame)` for each frame, `failed(error)`, `settled()` once nothing is open. */
  constructor({ heard, failed, settled }) { Object.assign(this, { heard, failed, settled }) }

  get idle() { return !this.#running && !this.#next }

  ask(body) {
    this.#serial += 1
    this.#next = { ...body, client: this.#client, serial: this.#serial }
    if (!this.#running) this.#begin()
    else if (this.#running.painted) this.#running.abort.abort()
    return this.#serial
  }

  async #begin() {
    while (this.#next) {
      const body = this.#next
      this.#next = null
      this.#running = { abort: new AbortController(), painted: false }
      try {
        for await (const frame of frames(body, this.#running.abort.signal)) {
          this.heard(frame)
          this.#running.painted = true
          if (this.#next) break
        }
      } catch (error) {
        await this.#trouble(error, body)
      }
      this.#running.abort.abort()
      this.#running = null
    }
    this.settled()
  }

  /** Overtaken is no trouble; a server that is full is asked again in a moment; the rest is told. */
  async #trouble(error, body) {
    if (error.name === 'AbortError' || error.status === 409 || this.#next) return
    if (error.status !== BUSY) return this.failed(error)
    await new Promise(done => setTimeout(done, PAUSE))
    this.#next ??= body
  }
}
